import * as z from 'zod';
import { chosenAwayReasons, deskAwayReasons, endReasons, kioskEndReasons } from './end-reasons.ts';
import { CallId, CallVersion, Epoch, KioskId, Language, ServerTimeMs, ServiceCode, StaffId } from './ids.ts';

/** A text in both languages of the product. */
export const LocalizedText = z.object({ 'zh-CN': z.string().min(1).max(400), en: z.string().min(1).max(400) });
export type LocalizedText = z.infer<typeof LocalizedText>;

/** What the resident came for. */
export const ServiceItemView = z.object({
  code: ServiceCode,
  name: LocalizedText,
  department: LocalizedText,
  guide: LocalizedText,
});
export type ServiceItemView = z.infer<typeof ServiceItemView>;

/** How long the wait will be, in whole seconds, or why nobody can say. */
export const WaitEstimate = z.discriminatedUnion('state', [
  z.object({ state: z.literal('range'), lowSeconds: z.int().min(0), highSeconds: z.int().min(0) }),
  z.object({ state: z.literal('unknown'), why: z.enum(['no-agent-on-duty']) }),
]);
export type WaitEstimate = z.infer<typeof WaitEstimate>;

/** The media of a call: which incarnation of the room to join. A client that is in another epoch joins anew. */
export const MediaView = z.object({ epoch: Epoch });
export type MediaView = z.infer<typeof MediaView>;

/** How an agent appears to residents. */
export const AgentFace = z.object({ displayName: z.string().min(1).max(40), number: z.string().min(1).max(20) });
export type AgentFace = z.infer<typeof AgentFace>;

const kioskFacts = {
  callId: CallId,
  version: CallVersion,
  now: ServerTimeMs,
  service: ServiceItemView,
};

/** A call as its kiosk may see it. */
export const KioskCallView = z.discriminatedUnion('state', [
  z.object({
    ...kioskFacts,
    state: z.literal('queued'),
    /** 1 = next. Counts the calls that will be answered first, by the agents who could take this one. */
    position: z.int().min(1),
    estimate: WaitEstimate,
    /** True while an agent's console is ringing for this call. */
    ringing: z.boolean(),
    /** True when the agent was lost and the call came back to the head of the queue. */
    returned: z.boolean(),
    media: MediaView.nullable(),
  }),
  z.object({ ...kioskFacts, state: z.literal('connecting'), agent: AgentFace, media: MediaView.nullable() }),
  z.object({
    ...kioskFacts,
    state: z.literal('active'),
    agent: AgentFace,
    /** False while the agent's connection is lost; their place is kept for a moment. */
    agentPresent: z.boolean(),
    since: ServerTimeMs,
    media: MediaView.nullable(),
  }),
  z.object({
    ...kioskFacts,
    state: z.literal('held'),
    agent: AgentFace,
    agentPresent: z.boolean(),
    since: ServerTimeMs,
    media: MediaView.nullable(),
  }),
  z.object({ ...kioskFacts, state: z.literal('closed'), reason: z.enum(kioskEndReasons) }),
]);
export type KioskCallView = z.infer<typeof KioskCallView>;

/** Where the call comes from. */
export const KioskPlace = z.object({
  kioskId: KioskId,
  name: z.string().min(1).max(80),
  site: z.string().min(1).max(120),
  region: z.string().min(1).max(40),
});
export type KioskPlace = z.infer<typeof KioskPlace>;

/** What the kiosk said about its devices when it requested the call. */
export const ResidentDevices = z.object({ camera: z.boolean(), microphone: z.boolean() });
export type ResidentDevices = z.infer<typeof ResidentDevices>;

const staffFacts = {
  callId: CallId,
  version: CallVersion,
  now: ServerTimeMs,
  service: ServiceItemView,
  kiosk: KioskPlace,
  language: Language,
  priority: z.int().min(0).max(9),
  requestedAt: ServerTimeMs,
};

/** A call that waits, as staff see it in the list. */
export const WaitingCallView = z.object({
  ...staffFacts,
  position: z.int().min(1),
  ringing: z.boolean(),
  kioskPresent: z.boolean(),
});
export type WaitingCallView = z.infer<typeof WaitingCallView>;

const agentFacts = { ...staffFacts, residentDevices: ResidentDevices, kioskPresent: z.boolean() };

/** A call as the agent sees it to whom it is offered or who has it. */
export const AgentCallView = z.discriminatedUnion('state', [
  z.object({
    ...agentFacts,
    state: z.literal('offered'),
    offeredAt: ServerTimeMs,
    expiresAt: ServerTimeMs,
    media: MediaView.nullable(),
  }),
  z.object({ ...agentFacts, state: z.literal('connecting'), acceptedAt: ServerTimeMs, media: MediaView.nullable() }),
  z.object({ ...agentFacts, state: z.literal('active'), since: ServerTimeMs, media: MediaView.nullable() }),
  z.object({ ...agentFacts, state: z.literal('held'), since: ServerTimeMs, media: MediaView.nullable() }),
  z.object({
    ...agentFacts,
    state: z.literal('wrapping-up'),
    reason: z.enum(endReasons),
    endedAt: ServerTimeMs,
    /** When the desk finishes the wrap-up by itself. */
    endsAt: ServerTimeMs,
  }),
]);
export type AgentCallView = z.infer<typeof AgentCallView>;

export const Availability = z.discriminatedUnion('state', [
  z.object({ state: z.literal('offline') }),
  z.object({
    state: z.literal('away'),
    reason: z.enum([...chosenAwayReasons, ...deskAwayReasons]),
    since: ServerTimeMs,
  }),
  z.object({ state: z.literal('available'), since: ServerTimeMs }),
  z.object({ state: z.literal('offered'), callId: CallId, since: ServerTimeMs }),
  z.object({ state: z.literal('busy'), callId: CallId, since: ServerTimeMs }),
  z.object({ state: z.literal('wrapping-up'), callId: CallId, since: ServerTimeMs, endsAt: ServerTimeMs }),
]);
export type Availability = z.infer<typeof Availability>;

export const StaffRole = z.enum(['agent', 'supervisor', 'admin']);
export type StaffRole = z.infer<typeof StaffRole>;

/** A member of staff as the console shows them. */
export const StaffView = z.object({
  staffId: StaffId,
  userName: z.string().min(1).max(40),
  displayName: z.string().min(1).max(40),
  number: z.string().min(1).max(20),
  role: StaffRole,
  skills: z.array(z.string().min(1).max(40)).max(50),
  languages: z.array(Language).max(2),
});
export type StaffView = z.infer<typeof StaffView>;

/** An agent on the floor. */
export const AgentView = z.object({
  staffId: StaffId,
  displayName: z.string().min(1).max(40),
  number: z.string().min(1).max(20),
  version: z.int().min(1),
  now: ServerTimeMs,
  availability: Availability,
});
export type AgentView = z.infer<typeof AgentView>;
