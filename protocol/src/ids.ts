import * as z from 'zod';

/*
 * Ids are branded both ways ('inout'): with the default, a caller could still send a bare string.
 */
const id = z.string().regex(/^[A-Za-z0-9_-]{3,64}$/);

export const CallId = id.brand<'CallId', 'inout'>();
export type CallId = z.infer<typeof CallId>;

export const KioskId = id.brand<'KioskId', 'inout'>();
export type KioskId = z.infer<typeof KioskId>;

export const StaffId = id.brand<'StaffId', 'inout'>();
export type StaffId = z.infer<typeof StaffId>;

/** A media server process; a restarted one has a new id, because its rooms are gone. */
export const SfuId = id.brand<'SfuId', 'inout'>();
export type SfuId = z.infer<typeof SfuId>;

/** One participant's media in a room: the kiosk's id or the agent's. */
export const PeerId = id.brand<'PeerId', 'inout'>();
export type PeerId = z.infer<typeof PeerId>;

/** Chosen by the client, once per intention: the desk does the same command once only. */
export const CommandId = id.brand<'CommandId', 'inout'>();
export type CommandId = z.infer<typeof CommandId>;

/** The code of a service item (事项), as the city's catalogue has it. */
export const ServiceCode = id.brand<'ServiceCode', 'inout'>();
export type ServiceCode = z.infer<typeof ServiceCode>;

/** Ids that mediasoup makes. */
export const TransportId = z.string().min(1).max(64).brand<'TransportId', 'inout'>();
export type TransportId = z.infer<typeof TransportId>;
export const ProducerId = z.string().min(1).max(64).brand<'ProducerId', 'inout'>();
export type ProducerId = z.infer<typeof ProducerId>;
export const ConsumerId = z.string().min(1).max(64).brand<'ConsumerId', 'inout'>();
export type ConsumerId = z.infer<typeof ConsumerId>;

export const Language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof Language>;

/** Raised each time the media of a call starts anew (first room, dead worker, dead media server). */
export const Epoch = z.int().min(1);
/** Monotone per call; every state message carries it. */
export const CallVersion = z.int().min(1);
/** Milliseconds since 1970 on the server's clock; clients never mix it with their own. */
export const ServerTimeMs = z.int().min(0);
