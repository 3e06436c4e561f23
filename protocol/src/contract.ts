import type * as z from 'zod';
import type { WireError } from './errors.ts';

/**
 * Who may send a request. The gateway checks the rule before the handler runs; a rule that names a call is
 * checked against the call in the input (`callId`), so a request with such a rule always carries one.
 *
 * - `kiosk`: any enrolled kiosk; `kiosk-of-call`: the kiosk that requested the call.
 * - `staff`: anybody signed in; `agent`, `supervisor`, `admin`: that role (a higher role includes `staff` only).
 * - `agent-of-offer`: the agent to whom the call is offered; `agent-of-call`: the agent who has (or is offered) the call.
 * - `signalling`, `sfu`: the two ends of the control link, proved by the service token.
 */
export type SocketAccess =
  | 'kiosk'
  | 'kiosk-of-call'
  | 'staff'
  | 'agent'
  | 'agent-of-offer'
  | 'agent-of-call'
  | 'supervisor'
  | 'signalling'
  | 'sfu';

/** Enforced before the handler: payload size as JSON, and a token bucket per connection and request name. */
export type RequestLimit = { maxBytes: number; perMinute: number };

/** A request: who may send it, what the caller sends, and what a success carries. */
export type RequestDefinition = {
  access: SocketAccess;
  limit: RequestLimit;
  input: z.ZodType;
  output: z.ZodType;
};

/** Requests of one peer, by wire name `noun:verb`. Always answered with a {@link Reply}. */
export type RequestTable = Record<string, RequestDefinition>;
/** Events of one peer, by wire name `noun:past`. Never answered. */
export type EventTable = Record<string, z.ZodType>;

/** The answer to a request. There is no third kind. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; error: WireError };

export type RequestName<Table extends RequestTable> = Extract<keyof Table, string>;
export type InputOf<Table extends RequestTable, Name extends keyof Table> = z.input<Table[Name]['input']>;
export type OutputOf<Table extends RequestTable, Name extends keyof Table> = z.output<Table[Name]['output']>;

/** The Socket.IO event map that a request table implies. */
export type RequestMap<Table extends RequestTable> = {
  [Name in keyof Table]: (
    input: z.input<Table[Name]['input']>,
    reply: (reply: Reply<z.output<Table[Name]['output']>>) => void,
  ) => void;
};

/** The Socket.IO event map that an event table implies. */
export type EventMap<Table extends EventTable> = {
  [Name in keyof Table]: (payload: z.output<Table[Name]>) => void;
};

/** One handler per request; leaving one out does not compile. */
export type Handlers<Table extends RequestTable, Context> = {
  [Name in keyof Table]: (
    input: z.output<Table[Name]['input']>,
    context: Context,
  ) => Promise<z.output<Table[Name]['output']>>;
};
