import type { SfuId, StaffId } from '@bangban/protocol';
import { AssistError } from '@bangban/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, type CallEvent, requestedCall } from './call.ts';
import { step } from './transitions.ts';

const epoch = fc.integer({ min: 0, max: 5 });
const sfuId = fc.constantFrom('sfu-1' as SfuId, 'sfu-2' as SfuId);
const agent = { staffId: 'agent1' as StaffId, displayName: 'Lin', number: '7' };
const headRank = fc.integer({ min: -100, max: 0 });
/** What may be told twice or late: connections, rooms and media. */
const news: fc.Arbitrary<CallEvent>[] = [
  fc
    .constantFrom('kiosk-left', 'kiosk-returned', 'agent-left', 'agent-returned', 'open-room')
    .map((type) => ({ type })),
  fc.record({ type: fc.constant('room-opened' as const), sfuId, epoch }),
  fc.record({ type: fc.constant('room-lost' as const), epoch, retryAt: fc.constant(0) }),
  fc.record({ type: fc.constant('media-flowing' as const), side: fc.constantFrom('kiosk', 'agent'), epoch }),
];
const decisions: fc.Arbitrary<CallEvent>[] = [
  fc.constant({ type: 'offer', agent, expiresAt: 20 } as const),
  fc
    .constantFrom(
      'accept',
      'decline',
      'offer-expired',
      'offer-lost',
      'hold',
      'resume',
      'finish-wrap-up',
      'desk-restarted',
    )
    .map((type) => ({ type })),
  fc.record({ type: fc.constantFrom('agent-lost' as const, 'media-timed-out' as const), headRank }),
  fc.record({
    type: fc.constant('end' as const),
    reason: fc.constantFrom('agent-ended', 'kiosk-lost', 'resident-cancelled'),
    wrapUpEndsAt: fc.constant(60),
  }),
] as fc.Arbitrary<CallEvent>[];
const anyEvent = fc.oneof(...news, ...decisions);
// Only what the steps look at.
const start = requestedCall({ service: {}, kiosk: {} } as never, 0);

/** The call after an event; the same call where it is refused. */
function after(call: Call, event: CallEvent, now: number): Call {
  try {
    return step(call, event, now).call;
  } catch (error) {
    if (error instanceof AssistError && error.code === 'call-state') return call;
    throw error;
  }
}

describe('events in any order', () => {
  it('[CALL-3] [CALL-5] fault C8: versions only grow, epochs never go back, and a closed call stays as it is', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60, size: 'max' }), (events) => {
        let call: Call = start;
        for (const [now, event] of events.entries()) {
          const next = after(call, event, now);
          const isKept = next.version === (next === call ? call.version : call.version + 1);
          const isFinal = call.state !== 'closed' || next === call;
          const isForward = !('media' in call && 'media' in next) || next.media.epoch >= call.media.epoch;
          // One assertion per event would be most of the time of this test.
          if (!isKept || !isFinal || !isForward) expect({ before: call, event, after: next }).toBeUndefined();
          call = next;
        }
      }),
      { numRuns: 5_000, seed: 8 },
    );
  });

  it('[CALL-11] [CALL-19] [CALL-23] fault C8: news that is told twice changes nothing the second time', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40, size: 'max' }), fc.oneof(...news), (events, told) => {
        const call = events.reduce<Call>((before, event, now) => after(before, event, now), start);
        const once = after(call, told, 100);
        const twice = after(once, told, 200);
        // Reporting the second side's media makes the call active; the report is then no news any more.
        expect(twice).toBe(once);
      }),
      { numRuns: 5_000, seed: 9 },
    );
  });
});
