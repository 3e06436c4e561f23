import type { EventTable, RequestTable } from '@bangban/protocol';
import {
  AssistError,
  createRequester,
  type ErrorCode,
  errorCatalogue,
  type SessionEndReason,
  type WireError,
} from '@bangban/protocol/plain';
import { io, type Socket } from 'socket.io-client';
import type { Connection, ConnectionState } from './connection.ts';

/** An answer that takes longer counts as `unreachable`; the slowest request (joining media) takes well under a second. */
const REQUEST_TIMEOUT_MS = 8_000;

/**
 * Attempts to reconnect wait a random time of up to 0.5 s, then 1 s, then 2 s: control of a call is soon back, and a hall
 * of kiosks that lost the same server does not knock in step. When too many are at the door all the same, the server
 * gives each a time of its own.
 */
const RECONNECT = { reconnectionDelay: 250, reconnectionDelayMax: 2_000, randomizationFactor: 1 } as const;

/** After a refusal that may pass by itself: longer, because the server is there and has said no. */
const REFUSED_RETRY_MS = { least: 1_000, spread: 2_000 } as const;

export type ConnectOptions = {
  /** Origin of the server, and the namespace in it. */
  url: string;
  namespace: '/kiosk' | '/staff';
  /** The handshake's `auth`, made anew for every attempt. A rejection with an AssistError counts as that refusal. */
  handshake(): Promise<Record<string, unknown>>;
};

/** Opens a connection and keeps it, until it is closed, ended or refused for good. */
export function connect<Requests extends RequestTable, Events extends EventTable>(
  options: ConnectOptions,
): Connection<Requests, Events> {
  const listeners = new Set<(state: ConnectionState) => void>();
  let current: ConnectionState = { state: 'connecting' };
  let retry: ReturnType<typeof setTimeout> | undefined;

  const socket: Socket = io(new URL(options.namespace, options.url).href, {
    auth: (send) => {
      options.handshake().then(send, (error: unknown) => {
        socket.disconnect();
        refuse(error instanceof AssistError ? { code: error.code } : { code: 'unreachable' });
      });
    },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 5_000,
    // Each connection owns its transport: kiosk and staff connections of one page never share a fate.
    forceNew: true,
    // Browsers say which page asks and let nobody change it; outside of one the server's own origin has to be named.
    ...(typeof location === 'undefined' ? { extraHeaders: { origin: new URL(options.url).origin } } : {}),
    ...RECONNECT,
  });

  const over = () => current.state === 'closed' || current.state === 'ended';

  const become = (next: ConnectionState): void => {
    // An attempt that failed while the connection was lost already changes nothing.
    if (over() || next === current) return;
    current = next;
    for (const listener of [...listeners]) listener(next);
  };

  const reconnectAfter = (delayMs: number): void => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), delayMs);
  };

  const refuse = (error: WireError): void => {
    const retrying = errorCatalogue[error.code].retryable;
    // Who is told to come back in a moment, because many come at once, has been refused nothing.
    const isPassing = error.code === 'unreachable' || error.code === 'rate-limited';
    become(isPassing ? lost() : { state: 'refused', code: error.code, retrying });
    if (!retrying || over()) return;
    // A time that the server names is this client's alone.
    reconnectAfter(error.retryAfterMs ?? REFUSED_RETRY_MS.least + Math.random() * REFUSED_RETRY_MS.spread);
  };

  const lost = (): ConnectionState => {
    if (current.state === 'reconnecting' || current.state === 'connecting') return current;
    return { state: 'reconnecting', sinceMs: performance.now() };
  };

  socket.on('connect', () => become({ state: 'connected' }));
  socket.on('session:ended', ({ reason }: { reason: SessionEndReason }) => {
    become({ state: 'ended', reason });
    socket.disconnect();
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    become(lost());
    // The library gives up when the server closes on purpose without a word; a restarting server does that.
    if (!socket.active && !over()) reconnectAfter(Math.random() * 2 * RECONNECT.reconnectionDelay);
  });
  socket.on('connect_error', (error: Error & { data?: WireError }) => {
    if (socket.active) become(lost());
    else refuse(knownRefusal(error.data));
  });

  return {
    state: () => current,
    request: (name, input) =>
      current.state === 'connected'
        ? createRequester<Requests>(socket, REQUEST_TIMEOUT_MS)(name, input)
        : Promise.reject(new AssistError('unreachable', `not connected: "${name}" was not sent`)),
    on: (name, listener) => {
      // The server emits only what its tables say; the type of each event is the table's.
      const untyped = listener as (payload: unknown) => void;
      socket.on(name as string, untyped);
      return () => socket.off(name as string, untyped);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      clearTimeout(retry);
      socket.disconnect();
      become({ state: 'closed' });
      listeners.clear();
    },
  };
}

/** What the server said when it refused the handshake; a refusal without a known code is a passing one. */
function knownRefusal(data: WireError | undefined): WireError {
  const known = data !== undefined && Object.hasOwn(errorCatalogue, data.code);
  return known ? data : { code: 'internal' satisfies ErrorCode };
}
