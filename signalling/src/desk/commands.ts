import type {
  AgentCallView,
  AgentView,
  CallId,
  ChosenAwayReason,
  Consent,
  KioskCallView,
  KioskId,
  KioskPlace,
  Language,
  ResidentDevices,
  SfuId,
  StaffId,
} from '@bangban/protocol';
import type { AgentProfile } from '../agents/agent.ts';
import type { ServiceItem } from '../call/call.ts';

export type { AgentProfile, ServiceItem };

/** Everything that can change live state. Whoever sends one has been authorized by the gateway already. */
export type DeskCommand =
  /* The resident's side. */
  | {
      type: 'request-call';
      kiosk: KioskPlace;
      service: ServiceItem;
      language: Language;
      consent: Consent;
      devices: ResidentDevices;
    }
  | { type: 'end-by-resident'; callId: CallId }
  | { type: 'kiosk-present'; kioskId: KioskId }
  | { type: 'kiosk-absent'; kioskId: KioskId }
  | { type: 'kiosk-revoked'; kioskId: KioskId }
  /* The agent's side. */
  | { type: 'agent-present'; agent: AgentProfile }
  | { type: 'agent-absent'; staffId: StaffId }
  | { type: 'agent-signed-out'; staffId: StaffId }
  | {
      type: 'set-availability';
      staffId: StaffId;
      availability: { state: 'available' } | { state: 'away'; reason: ChosenAwayReason };
    }
  | { type: 'accept-offer'; staffId: StaffId; callId: CallId }
  | { type: 'decline-offer'; staffId: StaffId; callId: CallId }
  | { type: 'hold-call'; staffId: StaffId; callId: CallId }
  | { type: 'resume-call'; staffId: StaffId; callId: CallId }
  | { type: 'end-by-agent'; staffId: StaffId; callId: CallId }
  | { type: 'finish-wrap-up'; staffId: StaffId; callId: CallId }
  /* Media. */
  | { type: 'media-server-joined'; sfuId: SfuId; rooms: readonly { callId: CallId; epoch: number }[] }
  | { type: 'media-server-left'; sfuId: SfuId }
  | { type: 'room-opened'; callId: CallId; sfuId: SfuId; epoch: number }
  | { type: 'room-lost'; callId: CallId; epoch: number }
  | { type: 'media-flowing'; callId: CallId; side: 'kiosk' | 'agent'; epoch: number };

/** What the sender of a command is told when it succeeded; `null` where there is nothing to tell. */
export type DeskResults = {
  'request-call': KioskCallView;
  'set-availability': AgentView;
  'agent-present': AgentView;
  'accept-offer': AgentCallView;
  'hold-call': AgentCallView;
  'resume-call': AgentCallView;
  'end-by-agent': AgentCallView;
  /** Rooms that the media server may close, because no call needs them. */
  'media-server-joined': { close: CallId[] };
};

/** The result of a command of type `Type`. */
export type DeskResult<Type extends DeskCommand['type']> = Type extends keyof DeskResults ? DeskResults[Type] : null;
