import type { CallId, StaffId } from '@bangban/protocol';
import type { Contender } from '../measure/interleave.ts';
import { type DeskUnderTest, openDeskUnderTest, type StoreKind } from './desk-under-test.ts';

/**
 * An agent becomes free by finishing a wrap-up: from that command until the next call is offered to them (which is after the
 * commit), in milliseconds, with so many calls waiting all the time.
 */
export function nextOffer(options: { kind: StoreKind; offers: number; waiting: number }): Contender {
  const { kind, offers, waiting } = options;
  return {
    name: `next-${kind}`,
    async measure() {
      await using under = await openDeskUnderTest(kind);
      await under.enqueue(waiting + 1);
      const [agent] = await under.staff(1);
      if (!agent) throw new Error('there is no agent');
      const { desk } = under;
      let callId = await offerAfter(under, () =>
        desk.execute({ type: 'set-availability', staffId: agent, availability: { state: 'available' } }),
      );
      const samples: number[] = [];
      for (let offer = 0; offer < offers; offer += 1) {
        await desk.execute({ type: 'accept-offer', staffId: agent, callId });
        await desk.execute({ type: 'end-by-agent', staffId: agent, callId });
        await under.enqueue(1);
        const before = callId;
        const startedAt = performance.now();
        callId = await offerAfter(under, () =>
          desk.execute({ type: 'finish-wrap-up', staffId: agent, callId: before }),
        );
        samples.push(performance.now() - startedAt);
      }
      return samples;
    },
  };
}

/**
 * Calls taken from the queue per second by so many agents at once. Each call is offered, answered, ended and wrapped up, each
 * a decision of its own that is committed before it takes effect.
 */
export function callsPerSecond(options: { kind: StoreKind; calls: number; agents: number }): Contender {
  const { kind, calls, agents } = options;
  return {
    name: `rate-${kind}`,
    async measure() {
      await using under = await openDeskUnderTest(kind);
      // As many again stay in the queue, so that the last call is dispatched out of a queue as well.
      await under.enqueue(calls + agents);
      const staff = await under.staff(agents);
      const { desk } = under;
      let dispatched = 0;
      const startedAt = performance.now();
      const seconds = await new Promise<number>((resolve, reject) => {
        const handle = async (staffId: StaffId, callId: CallId) => {
          dispatched += 1;
          if (dispatched === calls) return resolve((performance.now() - startedAt) / 1_000);
          if (dispatched > calls) return;
          await desk.execute({ type: 'accept-offer', staffId, callId });
          await desk.execute({ type: 'end-by-agent', staffId, callId });
          await desk.execute({ type: 'finish-wrap-up', staffId, callId });
        };
        under.onOffer((staffId, callId) => handle(staffId, callId).catch(reject));
        for (const staffId of staff) {
          desk.execute({ type: 'set-availability', staffId, availability: { state: 'available' } }).catch(reject);
        }
      });
      return [calls / seconds];
    },
  };
}

/** Does something after which a call is offered, and gives that call as soon as it is. */
async function offerAfter(under: DeskUnderTest, act: () => Promise<unknown>): Promise<CallId> {
  return new Promise((resolve, reject) => {
    under.onOffer((_, callId) => resolve(callId));
    act().catch(reject);
  });
}
