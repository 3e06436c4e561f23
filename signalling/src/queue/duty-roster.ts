import type { ServiceCode, StaffId } from '@bangban/protocol';
import { type Capability, canTake, capabilityKey, type Requirement } from './requirement.ts';
import { SortedList } from './sorted-list.ts';

/** How an agent stands towards the queue. Times are desk time in milliseconds. */
export type Standing =
  /** Signed out or away: no call may count on them. */
  | { state: 'off' }
  | { state: 'idle'; since: number }
  /** On duty with a call; `endsBy` where the end of it is known. `serviceCode` is absent while its call is not known. */
  | { state: 'occupied'; since: number; serviceCode: ServiceCode | undefined; endsBy: number | undefined };

type Idle = { staffId: StaffId; since: number };
/** Agents on duty who can do the same. */
export type DutyGroup = {
  capability: Capability;
  idle: SortedList<Idle>;
  onDuty: Map<StaffId, Exclude<Standing, { state: 'off' }>>;
};

/** Idle longest first; the id decides between agents who became idle at once, so that a restart changes nothing. */
const byIdleTime = (left: Idle, right: Idle) =>
  left.since - right.since || (left.staffId < right.staffId ? -1 : left.staffId > right.staffId ? 1 : 0);

/** Who is on duty, in groups by what they can do: finding the agent for a call costs O(groups). */
export class DutyRoster {
  readonly #groups = new Map<string, DutyGroup>();
  readonly #groupOf = new Map<StaffId, DutyGroup>();
  #version = 0;

  /** Raised when calls may compete with others than before: a kind of agent came on duty or went off. */
  get version(): number {
    return this.#version;
  }

  put(staffId: StaffId, capability: Capability, standing: Standing): void {
    const before = this.#groupOf.get(staffId);
    if (before) this.#leave(before, staffId);
    const after = standing.state === 'off' ? undefined : this.#join(staffId, capability, standing);
    if (before === after) return;
    if (before?.onDuty.size === 0 || after?.onDuty.size === 1) this.#version += 1;
  }

  /** The agent who can take this and has been idle longest. */
  longestIdle(requirement: Requirement): StaffId | undefined {
    let longest: Idle | undefined;
    for (const { capability, idle } of this.#groups.values()) {
      const head = idle.first();
      if (head && canTake(capability, requirement) && (!longest || byIdleTime(head, longest) < 0)) longest = head;
    }
    return longest?.staffId;
  }

  /** The groups on duty that can take this. */
  groupsFor(requirement: Requirement): DutyGroup[] {
    return [...this.#groups.values()].filter(
      ({ capability, onDuty }) => onDuty.size > 0 && canTake(capability, requirement),
    );
  }

  #leave(group: DutyGroup, staffId: StaffId): void {
    const standing = group.onDuty.get(staffId);
    if (standing?.state === 'idle') group.idle.remove({ staffId, since: standing.since });
    group.onDuty.delete(staffId);
    this.#groupOf.delete(staffId);
  }

  #join(staffId: StaffId, capability: Capability, standing: Exclude<Standing, { state: 'off' }>): DutyGroup {
    const group = this.#groupFor(capability);
    group.onDuty.set(staffId, standing);
    if (standing.state === 'idle') group.idle.add({ staffId, since: standing.since });
    this.#groupOf.set(staffId, group);
    return group;
  }

  #groupFor(capability: Capability): DutyGroup {
    const key = capabilityKey(capability);
    const known = this.#groups.get(key);
    if (known) return known;
    const group: DutyGroup = { capability, idle: new SortedList(byIdleTime), onDuty: new Map() };
    this.#groups.set(key, group);
    return group;
  }
}
