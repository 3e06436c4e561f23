import * as z from 'zod';
import type { EventTable, RequestTable } from './contract.ts';
import { chosenAwayReasons, releaseReasons, sessionEndReasons } from './end-reasons.ts';
import { CallId, CallVersion, CommandId } from './ids.ts';
import { SMALL, SNAPSHOT } from './limits.ts';
import { mediaEvents, mediaRequestsFor } from './media.ts';
import { AgentCallView, AgentView, StaffView, WaitingCallView } from './views.ts';

/** What the console sends in the Socket.IO handshake (`auth`), namespace `/staff`. */
export const StaffHandshake = z.object({ protocol: z.int(), accessToken: z.string().max(4_096) });
export type StaffHandshake = z.input<typeof StaffHandshake>;

const command = { commandId: CommandId, callId: CallId };

/** The waiting list as a whole; `sequence` counts its changes, so that a gap shows. */
export const WaitingList = z.object({ sequence: z.int().min(0), calls: z.array(WaitingCallView) });
export type WaitingList = z.infer<typeof WaitingList>;

/** All agents who are signed in; `sequence` counts changes. */
export const FloorList = z.object({ sequence: z.int().min(0), agents: z.array(AgentView) });
export type FloorList = z.infer<typeof FloorList>;

/** What an agent's console shows besides the lists: null where the member of staff takes no calls. */
export const AgentDesk = z.object({ agent: AgentView.nullable(), call: AgentCallView.nullable() });
export type AgentDesk = z.infer<typeof AgentDesk>;

/** Requests that the console sends. */
export const staffRequests = {
  'availability:set': {
    access: 'agent',
    limit: SMALL,
    input: z.object({
      commandId: CommandId,
      availability: z.discriminatedUnion('state', [
        z.object({ state: z.literal('available') }),
        z.object({ state: z.literal('away'), reason: z.enum(chosenAwayReasons) }),
      ]),
    }),
    output: AgentView,
  },
  'offer:accept': { access: 'agent-of-offer', limit: SMALL, input: z.object(command), output: AgentCallView },
  'offer:decline': { access: 'agent-of-offer', limit: SMALL, input: z.object(command), output: z.null() },
  'call:hold': { access: 'agent-of-call', limit: SMALL, input: z.object(command), output: AgentCallView },
  'call:resume': { access: 'agent-of-call', limit: SMALL, input: z.object(command), output: AgentCallView },
  'call:end': { access: 'agent-of-call', limit: SMALL, input: z.object(command), output: AgentCallView },
  'call:finish-wrap-up': { access: 'agent-of-call', limit: SMALL, input: z.object(command), output: z.null() },
  /** The agent's own state and call, after a gap or a reconnect. */
  'desk:snapshot': { access: 'staff', limit: SNAPSHOT, input: z.object({}), output: AgentDesk },
  'waiting:snapshot': { access: 'staff', limit: SNAPSHOT, input: z.object({}), output: WaitingList },
  'floor:snapshot': { access: 'supervisor', limit: SNAPSHOT, input: z.object({}), output: FloorList },
  /** Replaces the access token of this connection before it expires. */
  'session:renew': {
    access: 'staff',
    limit: { maxBytes: 8_192, perMinute: 10 },
    input: z.object({ accessToken: z.string().max(4_096) }),
    output: z.null(),
  },
  ...mediaRequestsFor('agent-of-call', 'agent'),
} as const satisfies RequestTable;

/** Events that the console receives. */
export const staffEvents = {
  /** First event of every connection. */
  'staff:welcomed': z.object({ protocol: z.int(), staff: StaffView, desk: AgentDesk, waiting: WaitingList }),
  'agent:changed': AgentView,
  'call:changed': AgentCallView,
  /** The call that was offered to this agent, or that they had, is no longer theirs. */
  'call:released': z.object({ callId: CallId, version: CallVersion, reason: z.enum(releaseReasons) }),
  /** Changes since `sequence - 1`. A console that holds another sequence asks for a snapshot. */
  'waiting:changed': z.object({
    sequence: z.int().min(1),
    changed: z.array(WaitingCallView),
    removed: z.array(CallId),
  }),
  /** To supervisors: changes since `sequence - 1`; an agent who signed out is `offline`. */
  'floor:changed': z.object({ sequence: z.int().min(1), changed: z.array(AgentView) }),
  'session:ended': z.object({ reason: z.enum(sessionEndReasons) }),
  ...mediaEvents,
} satisfies EventTable;

export type StaffRequests = typeof staffRequests;
export type StaffEvents = typeof staffEvents;
