import type { CallId, StaffId } from '@bangban/protocol';
import { isIdle } from '../agents/agent.ts';
import { newcomersRank, rankOf } from '../queue/rank.ts';
import type { Deciding } from './deciding.ts';

/*
 * Who gets which call. After every decision that makes a call ready or an agent idle one of these runs, so at no moment is
 * there an idle agent beside a ready call that they could take: nothing has to look for such pairs.
 */

/** An agent has become idle, or can do more than before: offers them the first call in the queue that they can take. */
export function seekCallFor(desk: Deciding, staffId: StaffId): void {
  const { turn } = desk;
  const agent = turn.agent(staffId);
  if (!isIdle(agent)) return;
  const callId = turn.state.queue.firstFor(agent.profile);
  if (callId) offer(desk, callId, staffId);
}

/** A call has become ready: offers it to the agent who can take it and has been idle longest. */
export function seekAgentFor(desk: Deciding, callId: CallId): void {
  const { state } = desk.turn;
  const entry = state.queue.entryOf(callId);
  if (!entry?.ready) return;
  const staffId = state.roster.longestIdle(entry.requirement);
  if (staffId) offer(desk, callId, staffId);
}

function offer({ turn, config }: Deciding, callId: CallId, staffId: StaffId): void {
  const { displayName, number } = turn.agent(staffId).profile;
  const expiresAt = turn.now + config.offerTimeoutMs;
  turn.stepCall(callId, { type: 'offer', agent: { staffId, displayName, number }, expiresAt });
  turn.stepAgent(staffId, { type: 'offered', callId });
}

/** The rank of a call that is requested now. */
export function newRank({ turn, config }: Deciding, priority: number): number {
  return rankOf(turn.now, priority, config.priorityStepMs);
}

/** The rank before every call that waits or may be requested later. */
export function headRank({ turn, config }: Deciding): number {
  return turn.state.queue.headRank(newcomersRank(turn.now, config.priorityStepMs));
}
