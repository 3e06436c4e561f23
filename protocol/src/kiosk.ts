import * as z from 'zod';
import type { EventTable, RequestTable } from './contract.ts';
import { sessionEndReasons } from './end-reasons.ts';
import { CallId, CallVersion, CommandId, KioskId, Language, ServiceCode } from './ids.ts';
import { SMALL, SNAPSHOT } from './limits.ts';
import { mediaEvents, mediaRequestsFor } from './media.ts';
import { KioskCallView, ResidentDevices, WaitEstimate } from './views.ts';

/** What a kiosk sends in the Socket.IO handshake (`auth`), namespace `/kiosk`. */
export const KioskHandshake = z.object({
  protocol: z.int(),
  deviceToken: z.string().max(4_096),
  /** Made once per browser profile: tells a reload of the same kiosk from a second device with its token. */
  installation: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
});
export type KioskHandshake = z.input<typeof KioskHandshake>;

/** What the resident agreed to: the version of the text and the language in which it was shown. */
export const Consent = z.object({ version: z.string().min(1).max(40), language: Language });
export type Consent = z.infer<typeof Consent>;

const command = { commandId: CommandId, callId: CallId };

/** Requests that a kiosk sends. */
export const kioskRequests = {
  'call:request': {
    access: 'kiosk',
    limit: { maxBytes: 4_096, perMinute: 20 },
    input: z.object({
      commandId: CommandId,
      service: ServiceCode,
      language: Language,
      consent: Consent,
      devices: ResidentDevices,
    }),
    output: KioskCallView,
  },
  /** Leaves the queue, or ends the call: the desk knows which. */
  'call:end': { access: 'kiosk-of-call', limit: SMALL, input: z.object(command), output: z.null() },
  /** The newest view of the kiosk's call, after a gap or a reconnect; null when there is none. */
  'call:snapshot': { access: 'kiosk', limit: SNAPSHOT, input: z.object({}), output: KioskCallView.nullable() },
  ...mediaRequestsFor('kiosk-of-call', 'kiosk'),
} as const satisfies RequestTable;

/** Events that a kiosk receives. */
export const kioskEvents = {
  /** First event of every connection. */
  'kiosk:welcomed': z.object({
    protocol: z.int(),
    kioskId: KioskId,
    /** The consent text in force; a call that names another one is refused. */
    consentVersion: z.string().min(1).max(40),
    call: KioskCallView.nullable(),
  }),
  'call:changed': KioskCallView,
  /** Only the waiting figures changed. A client that does not hold this version asks for a snapshot. */
  'queue:moved': z.object({ callId: CallId, version: CallVersion, position: z.int().min(1), estimate: WaitEstimate }),
  /** The server closes the connection after this; the client says why and does not reconnect by itself. */
  'session:ended': z.object({ reason: z.enum(sessionEndReasons) }),
  ...mediaEvents,
} satisfies EventTable;

export type KioskRequests = typeof kioskRequests;
export type KioskEvents = typeof kioskEvents;
