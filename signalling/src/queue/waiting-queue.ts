import type { CallId, ServiceCode } from '@bangban/protocol';
import { type Capability, canTake, capabilityKey, type Requirement, requirementKey } from './requirement.ts';
import { SortedList } from './sorted-list.ts';

/** A call that waits, as far as the queue is concerned. */
export type WaitingEntry = {
  callId: CallId;
  rank: number;
  /** Decides between equal ranks: who came first. */
  arrival: number;
  requirement: Requirement;
  serviceCode: ServiceCode;
  /** False while the call rings at an agent or its kiosk is absent: it keeps its place and is passed over. */
  ready: boolean;
};

/** The calls that ask the same of their agent, in order. */
export type Bucket = {
  key: string;
  requirement: Requirement;
  waiting: SortedList<WaitingEntry>;
  ready: SortedList<WaitingEntry>;
  /** How many calls wait for each service item. */
  services: Map<ServiceCode, number>;
};

/** The order of the queue: rank, then arrival. */
function compareEntries(left: WaitingEntry, right: WaitingEntry): number {
  return left.rank - right.rank || left.arrival - right.arrival;
}

/**
 * All calls that wait, in buckets by what they ask of their agent: finding the next call for an agent costs O(buckets),
 * and so does finding a position, times O(log n). Knows nothing of time and of agents.
 */
export class WaitingQueue {
  readonly #placed = new Map<CallId, { entry: WaitingEntry; bucket: Bucket }>();
  readonly #buckets = new Map<string, Bucket>();
  /** Buckets by what an agent can do; forgotten when a bucket is added. */
  readonly #bucketsOf = new Map<string, Bucket[]>();

  get size(): number {
    return this.#placed.size;
  }

  /** Buckets are added and never removed: there are as many as kinds of requirement in the catalogue. */
  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }

  entryOf(callId: CallId): WaitingEntry | undefined {
    return this.#placed.get(callId)?.entry;
  }

  bucketOf(callId: CallId): Bucket | undefined {
    return this.#placed.get(callId)?.bucket;
  }

  /** Adds a call, or puts it where it now belongs. */
  put(entry: WaitingEntry): void {
    const before = this.#placed.get(entry.callId);
    if (before) {
      const { rank, ready } = before.entry;
      if (rank === entry.rank && ready === entry.ready) return;
      this.remove(entry.callId);
    }
    const bucket = this.#bucketFor(entry.requirement);
    bucket.waiting.add(entry);
    if (entry.ready) bucket.ready.add(entry);
    bucket.services.set(entry.serviceCode, (bucket.services.get(entry.serviceCode) ?? 0) + 1);
    this.#placed.set(entry.callId, { entry, bucket });
  }

  /** Does nothing when the call does not wait. */
  remove(callId: CallId): void {
    const placed = this.#placed.get(callId);
    if (!placed) return;
    const { entry, bucket } = placed;
    this.#placed.delete(callId);
    bucket.waiting.remove(entry);
    bucket.ready.remove(entry);
    const others = (bucket.services.get(entry.serviceCode) ?? 0) - 1;
    if (others > 0) bucket.services.set(entry.serviceCode, others);
    else bucket.services.delete(entry.serviceCode);
  }

  /** The first call in the order of the queue that is ready and that an agent with this capability can take. */
  firstFor(capability: Capability): CallId | undefined {
    let first: WaitingEntry | undefined;
    for (const { ready } of this.bucketsFor(capability)) {
      const head = ready.first();
      if (head && (!first || compareEntries(head, first) < 0)) first = head;
    }
    return first?.callId;
  }

  /** The buckets whose calls an agent with this capability can take. */
  bucketsFor(capability: Capability): readonly Bucket[] {
    const key = capabilityKey(capability);
    const known = this.#bucketsOf.get(key);
    if (known) return known;
    const found = [...this.#buckets.values()].filter(({ requirement }) => canTake(capability, requirement));
    this.#bucketsOf.set(key, found);
    return found;
  }

  /** A rank before that of every call that waits, and before `newcomersRank`, the lowest that a new call can get. */
  headRank(newcomersRank: number): number {
    let head = newcomersRank;
    for (const { waiting } of this.#buckets.values()) head = Math.min(head, waiting.first()?.rank ?? head);
    return head - 1;
  }

  /** Every call that waits, first to last. */
  inOrder(): WaitingEntry[] {
    return [...this.#placed.values()].map(({ entry }) => entry).sort(compareEntries);
  }

  #bucketFor(requirement: Requirement): Bucket {
    const key = requirementKey(requirement);
    const known = this.#buckets.get(key);
    if (known) return known;
    const bucket: Bucket = {
      key,
      requirement,
      waiting: new SortedList(compareEntries),
      ready: new SortedList(compareEntries),
      services: new Map(),
    };
    this.#buckets.set(key, bucket);
    this.#bucketsOf.clear();
    return bucket;
  }
}
