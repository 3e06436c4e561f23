import type { WaitEstimate } from '@bangban/protocol';
import { type Departures, timeOf } from './departures.ts';

/** What is known about the agents who matter to the calls of a bucket. */
export type Outlook = {
  /** The agents who could take such a call: if nobody else took the calls ahead, it would wait for these. */
  own: Departures | undefined;
  /** Everybody who could take such a call or one of those ahead: at best all of them work on this queue. */
  pool: Departures;
};

/**
 * The wait as a range in whole seconds. The true wait lies in it in about 80 of 100 cases; calls that come later with more
 * priority are not foreseen.
 *
 * @param ahead calls that will be answered first
 */
export function estimateWait(ahead: number, { own, pool }: Outlook): WaitEstimate {
  if (!own) return { state: 'unknown', why: 'no-agent-on-duty' };
  const worstMs = timeOf(ahead + 1, own, own.surely);
  return rangeOf(Math.min(worstMs, timeOf(ahead + 1, pool, pool.perhaps)), worstMs);
}

/** A range in steps that a person would name: 10 s below two minutes, half minutes below ten, then minutes. */
export function rangeOf(lowMs: number, highMs: number): WaitEstimate {
  const stepOf = (ms: number) => (ms < 120_000 ? 10_000 : ms < 600_000 ? 30_000 : 60_000);
  const low = Math.floor(lowMs / stepOf(lowMs)) * stepOf(lowMs);
  const high = Math.max(1, Math.ceil(highMs / stepOf(highMs))) * stepOf(highMs);
  return { state: 'range', lowSeconds: low / 1000, highSeconds: high / 1000 };
}
