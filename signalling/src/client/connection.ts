import type { EventTable, Requester, RequestTable } from '@bangban/protocol';
import type { ErrorCode, SessionEndReason } from '@bangban/protocol/plain';
import type * as z from 'zod';

/** Where a connection stands. It comes back from `reconnecting` by itself; from `ended` only by a new connection. */
export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** The connection was there and is lost; attempts go on with jittered back-off. `sinceMs` is `performance.now()`. */
  | { state: 'reconnecting'; sinceMs: number }
  /**
   * The server refused the handshake (`unauthenticated`, `protocol-too-old`, `kiosk-in-use`, …). While `retrying`, the
   * refusal may pass by itself and attempts go on.
   */
  | { state: 'refused'; code: ErrorCode; retrying: boolean }
  /** The server ended the session and said why. */
  | { state: 'ended'; reason: SessionEndReason }
  | { state: 'closed' };

/** One Socket.IO connection to signalling, typed by its tables. */
export type Connection<Requests extends RequestTable, Events extends EventTable> = {
  state(): ConnectionState;
  /** Rejects with `unreachable` when there is no answer in time. */
  request: Requester<Requests>;
  /** Returns the unsubscription. */
  on<Name extends Extract<keyof Events, string>>(
    name: Name,
    listener: (payload: z.output<Events[Name]>) => void,
  ): () => void;
  /** Runs after every change of `state()`. Returns the unsubscription. */
  subscribe(listener: (state: ConnectionState) => void): () => void;
  /** Idempotent. */
  close(): void;
};

/** A token, or how to get one; asked again at every attempt to connect. */
export type TokenSource = string | (() => string | Promise<string>);
