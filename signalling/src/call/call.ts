import type {
  AgentFace,
  CallId,
  Consent,
  EndReason,
  KioskPlace,
  Language,
  ReleaseReason,
  ResidentDevices,
  RoomFlow,
  ServiceItemView,
  SfuId,
  StaffId,
} from '@bangban/protocol';

/** A service item with the facts that are needed to queue a call for it. */
export type ServiceItem = ServiceItemView & {
  /** An agent must have all of these to be offered the call. */
  skills: readonly string[];
  /** 0 (normal) to 9 (most urgent); each step is worth a fixed time of waiting. */
  priority: number;
};

/** Whether a connection of that person is there, and if not, since when. Times are desk time in milliseconds. */
export type Presence = { present: true } | { present: false; since: number };

/** The media room of a call. `epoch` counts its incarnations; 0 means there has not been one. */
export type MediaFacts =
  | { state: 'none'; epoch: number }
  | { state: 'opening'; epoch: number }
  | { state: 'failed'; epoch: number; retryAt: number }
  | { state: 'open'; epoch: number; sfuId: SfuId };

/** The agent of a call as they were when it was offered to them. */
export type AgentOnCall = AgentFace & { staffId: StaffId };

type Facts = {
  callId: CallId;
  /** Raised by one with every step. */
  version: number;
  kiosk: KioskPlace;
  service: ServiceItem;
  language: Language;
  consent: Consent;
  devices: ResidentDevices;
  requestedAt: number;
  /** Where the call stands in the queue: the lowest rank is first, `arrival` decides between equal ranks. */
  rank: number;
  arrival: number;
  /** How often an answered call came back because its media did not start. */
  failedConnections: number;
};

type Live = Facts & { kioskPresence: Presence; media: MediaFacts };
/** `returned`: an agent had answered and was lost, so the call stands at the head. */
type Waiting = Live & { returned: boolean };
type Answered = Live & {
  agent: AgentOnCall;
  agentPresence: Presence;
  offeredAt: number;
  acceptedAt: number;
  /** When this state began. */
  since: number;
};
type Ended = Facts & { reason: EndReason; endedAt: number };

/** A call carries exactly the facts that are true in its state. */
export type Call =
  | (Waiting & { state: 'queued' })
  | (Waiting & { state: 'offered'; agent: AgentOnCall; offeredAt: number; expiresAt: number })
  | (Answered & { state: 'connecting'; flowing: { kiosk: boolean; agent: boolean } })
  | (Answered & { state: 'active' })
  | (Answered & { state: 'held' })
  | (Ended & { state: 'wrapping-up'; agent: AgentOnCall; offeredAt: number; acceptedAt: number; endsAt: number })
  | (Ended & { state: 'closed' });

export type CallState = Call['state'];
export type CallIn<State extends CallState> = Extract<Call, { state: State }>;
/** A call that stands in the queue: an offered one keeps its place until it is answered. */
export type WaitingCall = CallIn<'queued' | 'offered'>;
/** A call that an agent has answered and nobody has ended. */
export type AnsweredCall = CallIn<'connecting' | 'active' | 'held'>;
/** A call that its kiosk still takes part in. */
export type LiveCall = WaitingCall | AnsweredCall;

/** What can happen to a call. What the step cannot know (deadlines, the rank of the head) comes with the event. */
export type CallEvent =
  | { type: 'offer'; agent: AgentOnCall; expiresAt: number }
  | { type: 'accept' }
  | { type: 'decline' }
  | { type: 'offer-expired' }
  /** The agent to whom it was offered is gone, or has signed out. */
  | { type: 'offer-lost' }
  | { type: 'hold' }
  | { type: 'resume' }
  | { type: 'end'; reason: EndReason; wrapUpEndsAt: number }
  | { type: 'finish-wrap-up' }
  | { type: 'kiosk-left' }
  | { type: 'kiosk-returned' }
  | { type: 'agent-left' }
  | { type: 'agent-returned' }
  /** The agent who had answered will not come back; `headRank` is a rank before every waiting call. */
  | { type: 'agent-lost'; headRank: number }
  /** The media of an answered call did not start in time. */
  | { type: 'media-timed-out'; headRank: number }
  | { type: 'open-room' }
  | { type: 'room-opened'; sfuId: SfuId; epoch: number }
  | { type: 'room-lost'; epoch: number; retryAt: number }
  | { type: 'media-flowing'; side: 'kiosk' | 'agent'; epoch: number }
  /** The desk starts from its store: nobody is connected yet. */
  | { type: 'desk-restarted' };

export type CallEventType = CallEvent['type'];
export type CallEventOf<Type extends CallEventType> = Extract<CallEvent, { type: Type }>;

/** What must be done after a step, in order, once it is durable. That both sides see the new call goes without saying. */
export type CallEffect =
  | { type: 'release'; staffId: StaffId; reason: ReleaseReason }
  | { type: 'open-room'; epoch: number; flow: RoomFlow }
  | { type: 'close-room'; sfuId: SfuId }
  | { type: 'set-flow'; sfuId: SfuId; epoch: number; flow: RoomFlow }
  | { type: 'remove-peer'; sfuId: SfuId; staffId: StaffId };

export type CallRequest = Pick<
  Facts,
  'callId' | 'kiosk' | 'service' | 'language' | 'consent' | 'devices' | 'rank' | 'arrival'
>;

/** A call at its beginning. The kiosk is there: it has just asked. */
export function requestedCall(request: CallRequest, now: number): CallIn<'queued'> {
  return {
    ...request,
    version: 1,
    requestedAt: now,
    failedConnections: 0,
    kioskPresence: { present: true },
    media: { state: 'none', epoch: 0 },
    returned: false,
    state: 'queued',
  };
}

/** The facts that are true in every state. */
export function factsOf(call: Call): Facts {
  const { callId, version, kiosk, service, language, consent, devices, requestedAt, rank, arrival, failedConnections } =
    call;
  return {
    callId,
    version,
    kiosk,
    service,
    language,
    consent,
    devices,
    requestedAt,
    rank,
    arrival,
    failedConnections,
  };
}

export function isWaiting(call: Call): call is WaitingCall {
  return call.state === 'queued' || call.state === 'offered';
}

export function isAnswered(call: Call): call is AnsweredCall {
  return call.state === 'connecting' || call.state === 'active' || call.state === 'held';
}

export function isLive(call: Call): call is LiveCall {
  return isWaiting(call) || isAnswered(call);
}

/** The agent to whom the call is offered or who has it; undefined where there is none. */
export function agentOf(call: Call): AgentOnCall | undefined {
  return call.state === 'queued' || call.state === 'closed' ? undefined : call.agent;
}
