import type { WaitEstimate } from '@bangban/protocol';
import type { WaitingCall } from '../call/call.ts';
import type { DutyGroup } from '../queue/duty-roster.ts';
import { estimateWait, rangeOf, remainingMs, type Servers } from '../queue/estimate.ts';
import { type Mix, mixOf } from '../queue/handling-time.ts';
import type { Bucket } from '../queue/waiting-queue.ts';
import type { DeskState } from './desk-state.ts';

/** How the agents stand is looked at once a second and bucket, not once per caller. */
const FRESH_MS = 1_000;

type Outlook = { at: number; rosterVersion: number; own: Servers; pool: Servers; mix: Mix };

/** Where a waiting call stands, and how long it will wait. */
export class Forecast {
  readonly #state: DeskState;
  readonly #outlooks = new Map<string, Outlook>();

  constructor(state: DeskState) {
    this.#state = state;
  }

  /** 1 = next. */
  positionOf(call: WaitingCall): number {
    const entry = this.#state.queue.entryOf(call.callId);
    const bucket = this.#state.queue.bucketOf(call.callId);
    return entry && bucket ? this.#state.positions.positionOf(entry, bucket) : 1;
  }

  estimateOf(call: WaitingCall, position: number, now: number): WaitEstimate {
    if (call.state === 'offered') return rangeOf(0, Math.max(0, call.expiresAt - now));
    const bucket = this.#state.queue.bucketOf(call.callId);
    if (!bucket) return { state: 'unknown', why: 'no-agent-on-duty' };
    return estimateWait({ ahead: position - 1, ...this.#outlookOf(bucket, now) });
  }

  #outlookOf(bucket: Bucket, now: number): Outlook {
    const { version: rosterVersion } = this.#state.roster;
    const known = this.#outlooks.get(bucket.key);
    if (known && known.rosterVersion === rosterVersion && now - known.at < FRESH_MS) return known;
    const { own, pool, buckets } = this.#state.positions.competitionOf(bucket);
    const outlook = {
      at: now,
      rosterVersion,
      own: this.#serversOf(own, now),
      pool: this.#serversOf(pool, now),
      mix: this.#mixOf(buckets),
    };
    this.#outlooks.set(bucket.key, outlook);
    return outlook;
  }

  #serversOf(groups: readonly DutyGroup[], now: number): Servers {
    const remaining: number[] = [];
    let idle = 0;
    for (const { onDuty } of groups) {
      for (const standing of onDuty.values()) {
        if (standing.state === 'idle') {
          idle += 1;
          remaining.push(0);
          continue;
        }
        const { serviceCode, since, endsBy } = standing;
        const time = serviceCode ? this.#state.handlingTime(serviceCode) : mixOf([]);
        const expected = remainingMs(now - since, time);
        remaining.push(endsBy === undefined ? expected : Math.max(0, Math.min(expected, endsBy - now)));
      }
    }
    return { idle, remainingMs: remaining.sort((left, right) => left - right) };
  }

  #mixOf(buckets: readonly Bucket[]): Mix {
    const parts: Parameters<typeof mixOf>[0] extends Iterable<infer Part> ? Part[] : never = [];
    for (const { services } of buckets) {
      for (const [code, calls] of services) parts.push({ time: this.#state.handlingTime(code), calls });
    }
    return mixOf(parts);
  }
}
