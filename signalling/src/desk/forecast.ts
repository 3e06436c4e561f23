import type { WaitEstimate } from '@bangban/protocol';
import type { WaitingCall } from '../call/call.ts';
import { departures, restOf, type Server } from '../queue/departures.ts';
import type { DutyGroup } from '../queue/duty-roster.ts';
import { estimateWait, type Outlook, rangeOf } from '../queue/estimate.ts';
import { type HandlingTime, type Mix, mixOf } from '../queue/handling-time.ts';
import type { Bucket } from '../queue/waiting-queue.ts';
import type { DeskState } from './desk-state.ts';

/** How the agents stand is looked at once in this time and bucket, not once per caller. */
const FRESH_MS = 2_000;

/** Where a waiting call stands, and how long it will wait. */
export class Forecast {
  readonly #state: DeskState;
  readonly #outlooks = new Map<string, { at: number; rosterVersion: number; outlook: Outlook }>();

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
    return estimateWait(position - 1, this.#outlookOf(bucket, now));
  }

  #outlookOf(bucket: Bucket, now: number): Outlook {
    const { version: rosterVersion } = this.#state.roster;
    const known = this.#outlooks.get(bucket.key);
    if (known && known.rosterVersion === rosterVersion && now - known.at < FRESH_MS) return known.outlook;
    const { own, pool, buckets } = this.#state.positions.competitionOf(bucket);
    const mix = this.#mixOf(buckets);
    const calls = buckets.reduce((sum, { waiting }) => sum + waiting.size, 1);
    const curves = (groups: readonly DutyGroup[]) => departures(this.#serversOf(groups, now), mix, calls);
    const isWholePool = own.length === pool.length;
    const ofPool = curves(pool);
    const outlook = { own: own.length === 0 ? undefined : isWholePool ? ofPool : curves(own), pool: ofPool };
    this.#outlooks.set(bucket.key, { at: now, rosterVersion, outlook });
    return outlook;
  }

  #serversOf(groups: readonly DutyGroup[], now: number): Server[] {
    const servers: Server[] = [];
    for (const { onDuty } of groups) {
      for (const standing of onDuty.values()) {
        if (standing.state === 'idle') {
          servers.push({ restMs: 0, restVarianceMs2: 0 });
          continue;
        }
        const { serviceCode, since, endsBy } = standing;
        const rest = restOf(now - since, serviceCode ? this.#state.handlingTime(serviceCode) : mixOf([]));
        // A wrap-up ends by itself at a known time, and sooner as a rule.
        const restMs = endsBy === undefined ? rest.restMs : Math.max(0, Math.min(rest.restMs, endsBy - now));
        servers.push({ restMs, restVarianceMs2: Math.min(rest.restVarianceMs2, restMs ** 2) });
      }
    }
    return servers;
  }

  #mixOf(buckets: readonly Bucket[]): Mix {
    const parts: { time: HandlingTime; calls: number }[] = [];
    for (const { services } of buckets) {
      for (const [code, calls] of services) parts.push({ time: this.#state.handlingTime(code), calls });
    }
    return mixOf(parts);
  }
}
