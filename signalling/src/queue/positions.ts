import type { DutyGroup, DutyRoster } from './duty-roster.ts';
import type { Bucket, WaitingEntry, WaitingQueue } from './waiting-queue.ts';

/** With whom the calls of a bucket compete, and for whom. */
export type Competition = {
  /** The agents on duty who could take a call of this bucket. */
  own: readonly DutyGroup[];
  /** The buckets that those agents could take calls from instead; the bucket itself is one of them. */
  buckets: readonly Bucket[];
  /** Everybody on duty who could take a call of any of these buckets. */
  pool: readonly DutyGroup[];
};

/** Answers who is ahead of whom. */
export class Positions {
  readonly #queue: WaitingQueue;
  readonly #roster: DutyRoster;
  readonly #competition = new Map<string, Competition>();
  #validFor = '';

  constructor(queue: WaitingQueue, roster: DutyRoster) {
    this.#queue = queue;
    this.#roster = roster;
  }

  /** 1 = next. Counts the calls before this one in every bucket that competes for the same agents. */
  positionOf(entry: WaitingEntry, bucket: Bucket): number {
    let ahead = 0;
    for (const { waiting } of this.competitionOf(bucket).buckets) ahead += waiting.countBefore(entry);
    return ahead + 1;
  }

  /** The same until a kind of agent comes on duty or goes off, or a new kind of requirement appears. */
  competitionOf(bucket: Bucket): Competition {
    const now = `${this.#roster.version} ${this.#queue.buckets.size}`;
    if (now !== this.#validFor) {
      this.#competition.clear();
      this.#validFor = now;
    }
    const known = this.#competition.get(bucket.key);
    if (known) return known;
    const competition = this.#compute(bucket);
    this.#competition.set(bucket.key, competition);
    return competition;
  }

  #compute(bucket: Bucket): Competition {
    const own = this.#roster.groupsFor(bucket.requirement);
    const buckets = new Set([bucket]);
    for (const { capability } of own) for (const other of this.#queue.bucketsFor(capability)) buckets.add(other);
    const pool = new Set(own);
    for (const { requirement } of buckets) for (const group of this.#roster.groupsFor(requirement)) pool.add(group);
    return { own, buckets: [...buckets], pool: [...pool] };
  }
}
