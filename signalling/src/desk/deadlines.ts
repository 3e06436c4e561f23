import type { CallId } from '@bangban/protocol';
import { sideToBlame } from '../call/blame.ts';
import { isLive } from '../call/call.ts';
import { type CallDue, deadlineOf } from '../call/deadlines.ts';
import { headRank, seekAgentFor, seekCallFor } from './assignment.ts';
import { endCall, finishWrapUp, returnToHead } from './calls.ts';
import type { Deciding, Decisions } from './deciding.ts';
import { refuse } from './offers.ts';

/** What the desk does by itself: when time has passed, and when it starts. */
export const deadlineDecisions = {
  'call-due'(desk, { callId }) {
    const { turn, config } = desk;
    const call = turn.state.calls.get(callId);
    const deadline = call && deadlineOf(call, config);
    // Whatever happened since the timer was set has set another one.
    if (deadline && deadline.at <= turn.now) whenDue[deadline.due](desk, callId);
    return null;
  },

  'desk-restarted'({ turn }) {
    for (const call of [...turn.state.calls.values()]) {
      if (isLive(call)) turn.stepCall(call.callId, { type: 'desk-restarted' });
    }
    for (const staffId of [...turn.state.agents.keys()]) turn.stepAgent(staffId, { type: 'desk-restarted' });
    return null;
  },
} satisfies Partial<Decisions>;

const whenDue: { [Due in CallDue]: (desk: Deciding, callId: CallId) => void } = {
  'offer-expired'(desk, callId) {
    const call = desk.turn.call(callId);
    if (call.state === 'offered') refuse(desk, { callId, staffId: call.agent.staffId, reason: 'no-answer' });
  },
  'kiosk-lost': (desk, callId) => endCall(desk, callId, 'kiosk-lost'),
  'agent-lost'(desk, callId) {
    const call = desk.turn.call(callId);
    if (call.state === 'queued' || call.state === 'closed') return;
    desk.turn.stepAgent(call.agent.staffId, { type: 'lost' });
    returnToHead(desk, callId);
  },
  'media-timed-out'(desk, callId) {
    const { turn } = desk;
    const call = turn.call(callId);
    if (call.state !== 'connecting') return;
    const { staffId } = call.agent;
    turn.stepCall(callId, { type: 'media-timed-out', headRank: headRank(desk) });
    turn.stepAgent(staffId, { type: sideToBlame(call) === 'agent' ? 'media-failed' : 'freed' });
    seekAgentFor(desk, callId);
    seekCallFor(desk, staffId);
  },
  'room-due': (desk, callId) => void desk.turn.stepCall(callId, { type: 'open-room' }),
  'wrap-up-over': (desk, callId) => finishWrapUp(desk, callId),
};
