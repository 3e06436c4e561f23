import { describe, expect, it } from 'vitest';
import { agentProfile, callRequest, commandId, kioskId, serviceCode } from '../../test/desk-scene.ts';
import { type AgentIn, unknownAgent } from '../agents/agent.ts';
import { type CallIn, factsOf, requestedCall } from '../call/call.ts';
import { unmeasured } from '../queue/handling-time.ts';
import { type DeskChange, type DeskStore, emptyChange, StaleRevision } from './desk-store.ts';

/** A place where a store keeps its contents; opening it again is what happens after a restart. */
export type StorePlace = { open(): DeskStore | Promise<DeskStore>; remove(): void };

const { type: _type, ...request } = callRequest('kiosk-1');
const call = (word: string, version = 1): CallIn<'queued'> => ({
  ...requestedCall({ ...request, callId: word as never, rank: -5.5, arrival: 1 }, 100),
  version,
});
const closed = (word: string, endedAt: number): CallIn<'closed'> => ({
  ...factsOf(call(word)),
  state: 'closed',
  reason: 'resident-cancelled',
  endedAt,
});
const agent = (word: string): AgentIn<'offline'> => unknownAgent(agentProfile(word));
const change = (parts: Partial<DeskChange>): DeskChange => ({ ...emptyChange(1_000), ...parts });
const load = (store: DeskStore) => store.load({ closedSinceMs: 500 });

/** What every desk store promises. */
export function describeDeskStore(name: string, createPlace: () => StorePlace): void {
  describe(`desk store: ${name}`, () => {
    const opened = async (work: (store: DeskStore, reopen: () => Promise<DeskStore>) => Promise<void>) => {
      const place = createPlace();
      let store = await place.open();
      try {
        await work(store, async () => {
          await store.close();
          store = await place.open();
          return store;
        });
      } finally {
        await store.close();
        place.remove();
      }
    };

    it('[STORE-1] an empty store is at revision 0', () =>
      opened(async (store) => {
        expect(await load(store)).toEqual({
          revision: 0,
          at: 0,
          calls: [],
          closed: [],
          agents: [],
          handlingTimes: [],
          outcomes: [],
        });
      }));

    it('[STORE-1] what is committed is loaded again, the newest of each', () =>
      opened(async (store, reopen) => {
        const handlingTime = { ...unmeasured(serviceCode('s1')), calls: 3, meanMs: 1.5 };
        const outcome = {
          sender: kioskId('kiosk-1'),
          commandId: commandId('cmd-1'),
          at: 1_000,
          result: { ok: true, value: { position: 3 } },
        } as const;
        await store.commit(change({ calls: [call('call-1'), call('call-2')], agents: [agent('agent1')] }), 0);
        const second = { calls: [call('call-1', 2)], handlingTimes: [handlingTime], outcomes: [outcome], at: 2_000 };
        await store.commit(change(second), 1);
        const snapshot = await load(await reopen());
        expect(snapshot).toMatchObject({ revision: 2, at: 2_000, agents: [agent('agent1')] });
        expect([...snapshot.calls].sort((left, right) => (left.callId < right.callId ? -1 : 1))).toEqual([
          call('call-1', 2),
          call('call-2'),
        ]);
        expect(snapshot.handlingTimes).toEqual([handlingTime]);
        expect(snapshot.outcomes).toEqual([
          expect.objectContaining({ sender: 'kiosk-1', commandId: 'cmd-1', at: 1_000 }),
        ]);
      }));

    it('[STORE-2] a commit under another revision is refused and changes nothing', () =>
      opened(async (store) => {
        await store.commit(change({ calls: [call('call-1')] }), 0);
        for (const revision of [0, 2]) {
          await expect(store.commit(change({ calls: [call('call-2')] }), revision)).rejects.toBeInstanceOf(
            StaleRevision,
          );
        }
        expect(await load(store)).toMatchObject({ revision: 1, calls: [call('call-1')] });
      }));

    it('[STORE-4] closed calls leave live state; lately closed ones can be loaded', () =>
      opened(async (store) => {
        await store.commit(change({ calls: [call('call-1')] }), 0);
        await store.commit(change({ closed: [closed('call-1', 500), closed('call-2', 499)], at: 1_000 }), 1);
        expect(await load(store)).toMatchObject({ calls: [], closed: [closed('call-1', 500)] });
      }));

    it('[STORE-5] outcomes can be looked up until they are forgotten', () =>
      opened(async (store) => {
        const outcome = (id: string, at: number) => ({
          sender: kioskId('kiosk-1'),
          commandId: commandId(id),
          at,
          result: { ok: false, code: 'kiosk-busy' } as const,
        });
        await store.commit(change({ outcomes: [outcome('cmd-1', 10), outcome('cmd-2', 20)] }), 0);
        const found = (id: string) => store.outcome(kioskId('kiosk-1'), commandId(id));
        expect(await found('cmd-1')).toEqual(outcome('cmd-1', 10));
        expect(await store.outcome(kioskId('kiosk-2'), commandId('cmd-1'))).toBeUndefined();
        await store.commit(change({ forgetOutcomesBefore: 20 }), 1);
        expect(await found('cmd-1')).toBeUndefined();
        expect(await found('cmd-2')).toEqual(outcome('cmd-2', 20));
      }));

    it('[STORE-6] the timeline of a call is kept in order', () =>
      opened(async (store, reopen) => {
        const event = (seq: number) => ({
          callId: call('call-1').callId,
          seq,
          at: 100 + seq,
          type: 'offer',
          facts: { staffId: 'agent1', camera: true, epoch: 2 },
        });
        await store.commit(change({ timeline: [event(1), event(2)] }), 0);
        await store.commit(change({ timeline: [event(3)] }), 1);
        const again = await reopen();
        expect(await again.timeline(call('call-1').callId)).toEqual([event(1), event(2), event(3)]);
        expect(await again.timeline(call('call-2').callId)).toEqual([]);
      }));

    it('closing is idempotent', () =>
      opened(async (store) => {
        await store.close();
        await store.close();
      }));
  });
}
