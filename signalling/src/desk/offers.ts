import type { CallId, StaffId } from '@bangban/protocol';
import { AssistError } from '@bangban/protocol';
import { requestedCall } from '../call/call.ts';
import { newRank, seekAgentFor, seekCallFor } from './assignment.ts';
import { type Deciding, type Decisions, offerOf } from './deciding.ts';
import { demand } from './demand.ts';

/** From the request of a call to the answer of an agent. */
export const offerDecisions = {
  'request-call'(desk, { kiosk, service, language, consent, devices }) {
    const { turn, views } = desk;
    if (desk.isDraining) throw new AssistError('draining', 'the desk takes no new calls');
    if (turn.state.callOfKiosk(kiosk.kioskId)) throw new AssistError('kiosk-busy', `${kiosk.kioskId} has a call`);
    const callId = desk.newCallId();
    const rank = newRank(desk, service.priority);
    const arrival = turn.state.nextArrival();
    turn.addCall(requestedCall({ callId, kiosk, service, language, consent, devices, rank, arrival }, turn.now));
    seekAgentFor(desk, callId);
    return views.kioskView(turn.call(callId), turn.now);
  },

  'accept-offer'({ turn, views }, { callId, staffId }) {
    offerOf(turn, callId, staffId);
    turn.stepAgent(staffId, { type: 'accepted' });
    return demand(views.agentCall(turn.stepCall(callId, { type: 'accept' }), turn.now));
  },

  'decline-offer'(desk, { callId, staffId }) {
    offerOf(desk.turn, callId, staffId);
    refuse(desk, { callId, staffId, reason: 'declined' });
    return null;
  },
} satisfies Partial<Decisions>;

/** The agent will not or did not answer: the call goes back to its old place and looks for somebody else. */
export function refuse(
  desk: Deciding,
  { callId, staffId, reason }: { callId: CallId; staffId: StaffId; reason: 'declined' | 'no-answer' },
): void {
  desk.turn.stepCall(callId, { type: reason === 'declined' ? 'decline' : 'offer-expired' });
  desk.turn.stepAgent(staffId, { type: 'offer-refused', reason });
  seekAgentFor(desk, callId);
}

/** The agent cannot answer any more, and it is not their doing. */
export function takeBack(desk: Deciding, callId: CallId): void {
  desk.turn.stepCall(callId, { type: 'offer-lost' });
  seekAgentFor(desk, callId);
}

/** The call is gone while it rang: the agent is idle as if it had not rung. */
export function withdraw(desk: Deciding, staffId: StaffId): void {
  desk.turn.stepAgent(staffId, { type: 'offer-withdrawn' });
  seekCallFor(desk, staffId);
}
