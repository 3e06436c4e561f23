import { AssistError, type CallId, type EndReason } from '@bangban/protocol';
import { isAnswered, isLive } from '../call/call.ts';
import { headRank, seekAgentFor, seekCallFor } from './assignment.ts';
import { callOfAgent, type Deciding, type Decisions } from './deciding.ts';
import { demand } from './demand.ts';
import { withdraw } from './offers.ts';

/** From the answer to the end of the wrap-up. */
export const callDecisions = {
  'hold-call'({ turn, views }, { callId, staffId }) {
    callOfAgent(turn, callId, staffId);
    return demand(views.agentCall(turn.stepCall(callId, { type: 'hold' }), turn.now));
  },

  'resume-call'({ turn, views }, { callId, staffId }) {
    callOfAgent(turn, callId, staffId);
    return demand(views.agentCall(turn.stepCall(callId, { type: 'resume' }), turn.now));
  },

  'end-by-resident'(desk, { callId }) {
    const call = desk.turn.call(callId);
    endCall(desk, callId, isAnswered(call) ? 'resident-ended' : 'resident-cancelled');
    return null;
  },

  'end-by-agent'(desk, { callId, staffId }) {
    callOfAgent(desk.turn, callId, staffId);
    endCall(desk, callId, 'agent-ended');
    return demand(desk.views.agentCall(desk.turn.call(callId), desk.turn.now));
  },

  'kiosk-revoked'(desk, { kioskId }) {
    const call = desk.turn.state.callOfKiosk(kioskId);
    if (call) endCall(desk, call.callId, 'kiosk-revoked');
    return null;
  },

  'finish-wrap-up'(desk, { callId, staffId }) {
    callOfAgent(desk.turn, callId, staffId);
    finishWrapUp(desk, callId);
    return null;
  },
} satisfies Partial<Decisions>;

/**
 * Ends a call for its one reason, and sets its agent to what comes next.
 *
 * @throws AssistError `call-state` when it has ended already
 */
export function endCall(desk: Deciding, callId: CallId, reason: EndReason): void {
  const { turn, config } = desk;
  const call = turn.call(callId);
  if (!isLive(call)) throw new AssistError('call-state', `call ${callId} has ended`);
  const wrapUpEndsAt = turn.now + config.wrapUpMs;
  turn.stepCall(callId, { type: 'end', reason, wrapUpEndsAt });
  if (call.state === 'offered') withdraw(desk, call.agent.staffId);
  if (isAnswered(call)) turn.stepAgent(call.agent.staffId, { type: 'call-ended', endsAt: wrapUpEndsAt });
}

/** The agent is done with the call: it is history, its length is learnt, and the next one is offered. */
export function finishWrapUp(desk: Deciding, callId: CallId): void {
  const staffId = closeWrapUp(desk, callId);
  desk.turn.stepAgent(staffId, { type: 'freed' });
  seekCallFor(desk, staffId);
}

/** The same without a word about what the agent does next. Gives the agent. */
export function closeWrapUp({ turn }: Deciding, callId: CallId) {
  const call = turn.call(callId);
  if (call.state !== 'wrapping-up') throw new AssistError('call-state', `call ${callId} is ${call.state}`);
  turn.stepCall(callId, { type: 'finish-wrap-up' });
  turn.learnHandlingTime(call.service.code, turn.now - call.offeredAt);
  return call.agent.staffId;
}

/** The agent of an answered call will not come back: the call goes to the head of the queue. */
export function returnToHead(desk: Deciding, callId: CallId): void {
  desk.turn.stepCall(callId, { type: 'agent-lost', headRank: headRank(desk) });
  seekAgentFor(desk, callId);
}
