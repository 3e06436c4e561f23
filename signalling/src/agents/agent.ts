import type { AwayReason, CallId, ChosenAwayReason, Language, StaffId } from '@bangban/protocol';

/** An agent with the facts that are needed to offer calls to them. */
export type AgentProfile = {
  staffId: StaffId;
  displayName: string;
  number: string;
  skills: readonly string[];
  languages: readonly Language[];
};

/** Whether the agent's console is connected, and if not, since when. Times are desk time in milliseconds. */
export type Connection = { present: true } | { present: false; since: number };

type Facts = {
  profile: AgentProfile;
  /** Raised by one with every step. */
  version: number;
};
type SignedIn = Facts & { connection: Connection; since: number };

/** An agent carries exactly the facts that are true in their state. */
export type Agent =
  /** `returnsAs`: the reason that is shown when they sign in again. */
  | (Facts & { state: 'offline'; returnsAs: Extract<AwayReason, 'signed-in' | 'connection-lost'> })
  | (SignedIn & { state: 'away'; reason: AwayReason })
  /** `since` says how long they have been idle: who has been idle longest is next. */
  | (SignedIn & { state: 'available' })
  /** `idleSince` is kept for the case that the call is withdrawn, which is not the agent's doing. */
  | (SignedIn & { state: 'offered'; callId: CallId; idleSince: number })
  | (SignedIn & { state: 'busy'; callId: CallId })
  | (SignedIn & { state: 'wrapping-up'; callId: CallId; endsAt: number });

export type AgentState = Agent['state'];
export type AgentIn<State extends AgentState> = Extract<Agent, { state: State }>;
export type SignedInAgent = Exclude<Agent, AgentIn<'offline'>>;

/** What can happen to an agent's availability. */
export type AgentEvent =
  | { type: 'arrived'; profile: AgentProfile }
  | { type: 'left' }
  /** The grace of a lost connection is over, or the call they had went on without them. */
  | { type: 'lost' }
  | { type: 'signed-out' }
  | { type: 'set-available' }
  | { type: 'set-away'; reason: ChosenAwayReason }
  | { type: 'offered'; callId: CallId }
  | { type: 'offer-withdrawn' }
  | { type: 'offer-refused'; reason: 'declined' | 'no-answer' }
  | { type: 'accepted' }
  | { type: 'call-ended'; endsAt: number }
  /** The call is off their hands: wrapped up, or gone before it began. */
  | { type: 'freed' }
  | { type: 'media-failed' }
  /** The desk starts from its store: nobody is connected yet. */
  | { type: 'desk-restarted' };

export type AgentEventType = AgentEvent['type'];
export type AgentEventOf<Type extends AgentEventType> = Extract<AgentEvent, { type: Type }>;

/** An agent who has never been seen. */
export function unknownAgent(profile: AgentProfile): AgentIn<'offline'> {
  return { profile, version: 0, state: 'offline', returnsAs: 'signed-in' };
}

/** The call that is offered to the agent, that they have, or that they wrap up. */
export function callIdOf(agent: Agent): CallId | undefined {
  return agent.state === 'offered' || agent.state === 'busy' || agent.state === 'wrapping-up'
    ? agent.callId
    : undefined;
}

/** Whether calls that wait may count on this agent: away and signed-out ones do not count. */
export function isOnDuty(agent: Agent): agent is AgentIn<'available' | 'offered' | 'busy' | 'wrapping-up'> {
  return agent.state !== 'offline' && agent.state !== 'away';
}

/** Whether a call may be offered to the agent now. */
export function isIdle(agent: Agent): agent is AgentIn<'available'> {
  return agent.state === 'available' && agent.connection.present;
}
