import type { CallId, Language, ServiceCode, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { DutyRoster } from './duty-roster.ts';
import { Positions } from './positions.ts';
import { newcomersRank, rankOf } from './rank.ts';
import { canTake, capabilityKey, requirementKey } from './requirement.ts';
import { type WaitingEntry, WaitingQueue } from './waiting-queue.ts';

const stepMs = 120_000;
const zh = 'zh-CN';
const all = { languages: [zh, 'en'] as Language[], skills: ['a', 'b'] };
const onlyA = { languages: [zh] as Language[], skills: ['a'] };
let arrivals = 0;

function entry(word: string, options: { at?: number; priority?: number; skills?: string[]; ready?: boolean } = {}) {
  arrivals += 1;
  const { at = arrivals, priority = 0, skills = ['a'], ready = true } = options;
  return {
    callId: word as CallId,
    rank: rankOf(at, priority, stepMs),
    arrival: arrivals,
    requirement: { language: zh, skills },
    serviceCode: 's1' as ServiceCode,
    ready,
  } satisfies WaitingEntry;
}

function queueOf(...entries: WaitingEntry[]): WaitingQueue {
  const queue = new WaitingQueue();
  for (const each of entries) queue.put(each);
  return queue;
}

describe('order', () => {
  it('[QUEUE-1] first come, first served; who arrived first decides between equal ranks', () => {
    const queue = queueOf(entry('second', { at: 5 }), entry('third', { at: 5 }), entry('first', { at: 4 }));
    expect(queue.inOrder().map(({ callId }) => callId)).toEqual(['first', 'second', 'third']);
    expect(queue.firstFor(onlyA)).toBe('first');
  });

  it('[QUEUE-2] a step of priority is worth two minutes of waiting, and no more', () => {
    const soon = entry('urgent', { at: stepMs - 1, priority: 1 });
    const late = entry('late', { at: stepMs + 1, priority: 1 });
    const queue = queueOf(entry('normal', { at: 0 }), late, soon);
    expect(queue.inOrder().map(({ callId }) => callId)).toEqual(['urgent', 'normal', 'late']);
  });

  it('[QUEUE-7] the head rank is before all that wait and all that may come', () => {
    const queue = queueOf(entry('a', { at: 50 }));
    const newcomers = newcomersRank(100, stepMs);
    expect(queue.headRank(newcomers)).toBeLessThan(newcomers);
    expect(queueOf(entry('a', { at: -9e9 })).headRank(newcomers)).toBeLessThan(-9e9);
    expect(rankOf(100, 9, stepMs)).toBe(newcomers);
  });
});

describe('matching', () => {
  it('[QUEUE-3] takes a call only with its language and all of its skills', () => {
    expect(canTake(all, { language: 'en', skills: ['a', 'b'] })).toBe(true);
    expect(canTake(onlyA, { language: 'en', skills: ['a'] })).toBe(false);
    expect(canTake(onlyA, { language: zh, skills: ['a', 'b'] })).toBe(false);
    expect(canTake(onlyA, { language: zh, skills: [] })).toBe(true);
  });

  it('[QUEUE-3] the order of skills makes no other kind', () => {
    expect(requirementKey({ language: zh, skills: ['b', 'a'] })).toBe(
      requirementKey({ language: zh, skills: ['a', 'b'] }),
    );
    expect(capabilityKey({ ...all, skills: ['b', 'a'] })).toBe(capabilityKey(all));
    expect(requirementKey({ language: zh, skills: ['a,b'] })).not.toBe(
      requirementKey({ language: zh, skills: ['a', 'b'] }),
    );
  });

  it('[QUEUE-4] an agent gets the first call that they can take', () => {
    const queue = queueOf(entry('b1', { at: 1, skills: ['b'] }), entry('a1', { at: 2 }), entry('a2', { at: 3 }));
    expect(queue.firstFor(onlyA)).toBe('a1');
    expect(queue.firstFor(all)).toBe('b1');
    expect(queue.firstFor({ languages: ['en'], skills: ['a'] })).toBeUndefined();
    queue.put(entry('ab', { at: 0, skills: ['b', 'a'] }));
    expect(queue.firstFor(all)).toBe('ab');
  });

  it('[QUEUE-5] a call that is not ready keeps its place and is passed over', () => {
    const first = entry('first', { at: 1 });
    const queue = queueOf(first, entry('second', { at: 2 }));
    queue.put({ ...first, ready: false });
    expect(queue.firstFor(onlyA)).toBe('second');
    expect(queue.inOrder()[0]?.callId).toBe('first');
    queue.put(first);
    expect(queue.firstFor(onlyA)).toBe('first');
  });

  it('[QUEUE-6] a call gets the suitable agent who has been idle longest', () => {
    const roster = new DutyRoster();
    roster.put('new' as StaffId, onlyA, { state: 'idle', since: 9 });
    roster.put('old' as StaffId, all, { state: 'idle', since: 3 });
    roster.put('unfit' as StaffId, { languages: ['en'], skills: [] }, { state: 'idle', since: 1 });
    const asked = { language: zh, skills: ['a'] } as const;
    expect(roster.longestIdle(asked)).toBe('old');
    roster.put('old' as StaffId, all, { state: 'occupied', since: 4, serviceCode: undefined, endsBy: undefined });
    expect(roster.longestIdle(asked)).toBe('new');
    roster.put('new' as StaffId, onlyA, { state: 'off' });
    expect(roster.longestIdle(asked)).toBeUndefined();
  });
});

describe('position', () => {
  it('[QUEUE-8] competitors are looked for anew only when a kind of agent comes or goes', () => {
    const roster = new DutyRoster();
    roster.put('x' as StaffId, onlyA, { state: 'idle', since: 1 });
    roster.put('x' as StaffId, onlyA, { state: 'occupied', since: 2, serviceCode: undefined, endsBy: undefined });
    roster.put('y' as StaffId, onlyA, { state: 'idle', since: 1 });
    roster.put('x' as StaffId, onlyA, { state: 'off' });
    expect(roster.version).toBe(1);
    roster.put('y' as StaffId, all, { state: 'idle', since: 1 });
    expect(roster.version).toBe(2);
    roster.put('y' as StaffId, all, { state: 'off' });
    expect(roster.version).toBe(3);
  });

  const occupied = { state: 'occupied', since: 0, serviceCode: undefined, endsBy: undefined } as const;

  it('[QUEUE-8] counts the calls ahead that compete for the same agents', () => {
    const mine = entry('mine', { at: 9 });
    const queue = queueOf(
      entry('a1', { at: 1, ready: false }),
      entry('b1', { at: 2, skills: ['b'] }),
      entry('c1', { at: 3, skills: ['c'] }),
      mine,
    );
    const roster = new DutyRoster();
    const positions = new Positions(queue, roster);
    const position = () => positions.positionOf(mine, queue.bucketOf(mine.callId) ?? expect.unreachable());
    expect(position()).toBe(2);
    roster.put('x' as StaffId, onlyA, occupied);
    expect(position()).toBe(2);
    roster.put('y' as StaffId, all, occupied);
    expect(position()).toBe(3);
    roster.put('y' as StaffId, all, { state: 'off' });
    expect(position()).toBe(2);
  });

  it('[QUEUE-8] is right for random queues, whatever comes and goes', () => {
    const queue = new WaitingQueue();
    const positions = new Positions(queue, new DutyRoster());
    const there = new Map<string, WaitingEntry>();
    // A fixed sequence of pseudo-random numbers (the minimal standard generator of Park and Miller).
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const word = `c${random(200)}`;
      const before = there.get(word);
      if (before) {
        queue.remove(before.callId);
        there.delete(word);
      } else {
        const added = entry(word, { at: random(1_000), priority: random(3) });
        queue.put(added);
        there.set(word, added);
      }
    }
    const sorted = [...there.values()].sort((left, right) => left.rank - right.rank || left.arrival - right.arrival);
    expect(queue.inOrder()).toEqual(sorted);
    expect(queue.size).toBe(sorted.length);
    for (const [index, each] of sorted.entries()) {
      expect(positions.positionOf(each, queue.bucketOf(each.callId) ?? expect.unreachable())).toBe(index + 1);
    }
  });
});
