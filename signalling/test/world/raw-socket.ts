import type { WireError } from '@bangban/protocol';
import { io, type Socket } from 'socket.io-client';

/** What a client that obeys nobody sends in its handshake. */
export type RawHandshake = {
  auth?: Record<string, unknown>;
  /** null = no Origin header. */
  origin?: string | null;
  query?: Record<string, string>;
  transport?: 'websocket' | 'polling';
};

/** A bare socket, connected or refused: `refusal` is what the server said, `error` what else went wrong. */
export async function rawSocket(
  url: string,
  namespace: '/kiosk' | '/staff' | '/link',
  handshake: RawHandshake = {},
): Promise<{ socket: Socket; refusal?: WireError; error?: Error }> {
  const { auth = {}, origin = new URL(url).origin, query, transport = 'websocket' } = handshake;
  const socket = io(url + namespace, {
    auth,
    transports: [transport],
    forceNew: true,
    reconnection: false,
    ...(query ? { query } : {}),
    ...(origin === null ? {} : { extraHeaders: { origin } }),
  });
  const error = await new Promise<(Error & { data?: WireError }) | undefined>((resolve) => {
    socket.on('connect', () => resolve(undefined));
    socket.on('connect_error', resolve);
  });
  if (error) socket.disconnect();
  return { socket, ...(error?.data ? { refusal: error.data } : {}), ...(error ? { error } : {}) };
}

/** Sends anything under any name and gives the answer; undefined when there is none in time. */
export async function ask(socket: Socket, name: string, payload: unknown, timeoutMs = 5_000): Promise<unknown> {
  return socket
    .timeout(timeoutMs)
    .emitWithAck(name, payload)
    .catch(() => undefined);
}
