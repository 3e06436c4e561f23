import { describe, expect, it } from 'vitest';
import { agentProfile, callId, callRequest, serviceCode } from '../../test/desk-scene.ts';
import { requestedCall } from '../call/call.ts';
import { DeskState } from './desk-state.ts';
import { Turn } from './turn.ts';

const { type: _type, ...request } = callRequest('k1');
const call = (word: string) => requestedCall({ ...request, callId: callId(word), rank: 1, arrival: 1 }, 0);
const { staffId, displayName, number } = agentProfile('a1');
const agent = { staffId, displayName, number };

/** Everything that later decisions could notice. */
function seen({ state, timeline, effects, closed }: Turn) {
  return structuredClone({
    calls: [...state.calls],
    agents: [...state.agents],
    ended: [...state.ended],
    order: state.queue.inOrder(),
    kiosk: state.callOfKiosk(request.kiosk.kioskId)?.callId,
    idle: state.roster.longestIdle({ language: 'zh-CN', skills: [] }),
    mean: state.handlingTime(serviceCode('shebao-01')).meanMs,
    timeline,
    effects,
    closed: [...closed],
  });
}

describe('a turn', () => {
  it('[DESK-5] a decision that is refused halfway leaves nothing behind', () => {
    const turn = new Turn(new DeskState(), 1_000);
    turn.decide(() => {
      turn.addCall(call('call-1'));
      turn.welcomeAgent(agentProfile('a1'));
      turn.stepAgent(staffId, { type: 'set-available' });
    });
    const before = seen(turn);
    const halfway = () =>
      turn.decide(() => {
        turn.stepCall(callId('call-1'), { type: 'offer', agent, expiresAt: 2_000 });
        turn.stepAgent(staffId, { type: 'offered', callId: callId('call-1') });
        turn.stepCall(callId('call-1'), { type: 'end', reason: 'resident-cancelled', wrapUpEndsAt: 0 });
        turn.addCall(call('call-2'));
        turn.learnHandlingTime(serviceCode('shebao-01'), 5);
        turn.stepCall(callId('call-2'), { type: 'accept' });
      });
    expect(halfway).toThrow(expect.objectContaining({ code: 'call-state' }));
    expect(seen(turn)).toEqual(before);
  });

  it('[DESK-5] what was decided before in the turn stays', () => {
    const turn = new Turn(new DeskState(), 1_000);
    turn.decide(() => turn.addCall(call('call-1')));
    expect(() => turn.decide(() => turn.stepCall(callId('call-9'), { type: 'accept' }))).toThrow();
    expect(turn.state.calls.size).toBe(1);
    expect(turn.timeline).toHaveLength(1);
  });
});
