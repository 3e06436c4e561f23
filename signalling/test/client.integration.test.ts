import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AssistError, type WireError } from '@bangban/protocol';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../src/client/api.ts';
import { type ConnectionState, connectKiosk, connectStaff } from '../src/client/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that plays signalling: the test decides what each handshake gets. */
async function scriptedServer(
  port = 0,
  admit: (auth: Record<string, unknown>) => WireError | undefined = () => undefined,
) {
  const http: HttpServer = createServer();
  const server = new Server(http);
  for (const namespace of ['/kiosk', '/staff']) {
    server.of(namespace).use((socket, next) => {
      const error = admit(socket.handshake.auth);
      next(error && Object.assign(new Error(error.code), { data: error }));
    });
  }
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address() as AddressInfo;
  closers.push(() => server.close());
  return { server, port: address.port, url: `http://127.0.0.1:${address.port}` };
}

function kiosk(url: string, deviceToken: Parameters<typeof connectKiosk>[0]['deviceToken'] = 'token') {
  const connection = connectKiosk({ url, deviceToken, installation: 'installation-1' });
  const states: ConnectionState[] = [];
  connection.subscribe((state) => states.push(state));
  closers.push(() => connection.close());
  return { connection, states };
}

const becomes = (connection: { state(): ConnectionState }, state: ConnectionState['state']) =>
  vi.waitFor(() => expect(connection.state()).toMatchObject({ state }), { timeout: 10_000 });

describe('connection', () => {
  it('[CLIENT-1] comes back by itself after the server was away', async () => {
    const first = await scriptedServer();
    const { connection, states } = kiosk(first.url);
    await becomes(connection, 'connected');
    await first.server.close();
    await becomes(connection, 'reconnecting');
    await scriptedServer(first.port);
    await becomes(connection, 'connected');
    expect(states.map(({ state }) => state)).toEqual(['connected', 'reconnecting', 'connected']);
  });

  it('[CLIENT-2] gives up when it is refused for good', async () => {
    const { url } = await scriptedServer(0, () => ({ code: 'protocol-too-old' }));
    const { connection } = kiosk(url);
    await becomes(connection, 'refused');
    expect(connection.state()).toEqual({ state: 'refused', code: 'protocol-too-old', retrying: false });
  });

  it('[CLIENT-2] shows a refusal that may pass and goes on trying', async () => {
    let inUse = true;
    const { url } = await scriptedServer(0, () => (inUse ? { code: 'kiosk-in-use' } : undefined));
    const { connection } = kiosk(url);
    await becomes(connection, 'refused');
    expect(connection.state()).toEqual({ state: 'refused', code: 'kiosk-in-use', retrying: true });
    inUse = false;
    await becomes(connection, 'connected');
  });

  it('[CLIENT-8] comes back when the server said, and shows no refusal', async () => {
    const attempts: number[] = [];
    const { url } = await scriptedServer(0, () => {
      attempts.push(performance.now());
      return attempts.length < 2 ? { code: 'rate-limited', retryAfterMs: 300 } : undefined;
    });
    const { connection, states } = kiosk(url);
    await becomes(connection, 'connected');
    expect(states.map(({ state }) => state)).toEqual(['connected']);
    const waitedMs = (attempts[1] ?? 0) - (attempts[0] ?? 0);
    expect(waitedMs).toBeGreaterThanOrEqual(290);
    expect(waitedMs).toBeLessThan(1_500);
  });

  it('[CLIENT-3] stays down after the server ended the session', async () => {
    const { server, url } = await scriptedServer();
    server.of('/staff').on('connection', (socket) => {
      socket.emit('session:ended', { reason: 'replaced' });
      socket.disconnect();
    });
    const connection = connectStaff({ url, accessToken: 'token' });
    closers.push(() => connection.close());
    await becomes(connection, 'ended');
    expect(connection.state()).toEqual({ state: 'ended', reason: 'replaced' });
    await expect(connection.request('desk:snapshot', {})).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('[CLIENT-4] asks for the token at every attempt', async () => {
    const seen: unknown[] = [];
    const { url } = await scriptedServer(0, (auth) => {
      seen.push(auth.deviceToken);
      return seen.length < 2 ? { code: 'draining' } : undefined;
    });
    let asked = 0;
    const { connection } = kiosk(url, async () => `token-${++asked}`);
    await becomes(connection, 'connected');
    expect(seen).toEqual(['token-1', 'token-2']);
  });

  it('[CLIENT-4] a token that cannot be had is a refusal', async () => {
    const { url } = await scriptedServer();
    const { connection } = kiosk(url, () => Promise.reject(new AssistError('unauthenticated', 'signed out')));
    await becomes(connection, 'refused');
    expect(connection.state()).toEqual({ state: 'refused', code: 'unauthenticated', retrying: false });
  });

  it('[CLIENT-5] does not send later what could not be sent', async () => {
    const received: string[] = [];
    const first = await scriptedServer();
    const { connection } = kiosk(first.url);
    await becomes(connection, 'connected');
    await first.server.close();
    await becomes(connection, 'reconnecting');
    await expect(connection.request('call:snapshot', {})).rejects.toMatchObject({ code: 'unreachable' });
    const second = await scriptedServer(first.port);
    second.server.of('/kiosk').on('connection', (socket) => {
      socket.onAny((name: string) => received.push(name));
      socket.on('call:snapshot', (_input, reply) => reply({ ok: true, value: null }));
    });
    await becomes(connection, 'connected');
    expect(await connection.request('call:snapshot', {})).toBeNull();
    expect(received).toEqual(['call:snapshot']);
  });

  it('[CLIENT-6] is silent once it is closed', async () => {
    const { server, url } = await scriptedServer();
    const { connection, states } = kiosk(url);
    await becomes(connection, 'connected');
    const left = vi.waitFor(() => expect(server.of('/kiosk').sockets.size).toBe(0));
    connection.close();
    connection.close();
    await left;
    expect(states.map(({ state }) => state)).toEqual(['connected', 'closed']);
  });
});

describe('HTTP client', () => {
  /** Answers every request with `status` and `body`, and tells what was asked. */
  async function answering(status: number, body: string) {
    const asked: string[] = [];
    const http = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    closers.push(() => http.close());
    return { asked, baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
  }

  it('[CLIENT-7] fills in the path, sends the token and gives the body', async () => {
    const { asked, baseUrl } = await answering(200, '{"code":"ABCD-EFGH","expiresInSeconds":600}');
    const api = createApi({ baseUrl, accessToken: () => 'secret' });
    const answer = await api.call('createEnrolmentCode', { params: { kioskId: 'kiosk-001' as never } });
    expect(answer).toEqual({ code: 'ABCD-EFGH', expiresInSeconds: 600 });
    expect(asked).toEqual(['POST /api/v1/kiosks/kiosk-001/enrolment-code Bearer secret']);
  });

  it('[CLIENT-7] rejects with the code that the server gave', async () => {
    const { baseUrl } = await answering(429, '{"error":{"code":"rate-limited","retryAfterMs":3000}}');
    await expect(createApi({ baseUrl }).call('listServices')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 3_000,
    });
  });

  it('[CLIENT-7] rejects with internal when the refusal says nothing it knows', async () => {
    const { baseUrl } = await answering(502, '<html>Bad gateway</html>');
    await expect(createApi({ baseUrl }).call('listServices')).rejects.toMatchObject({ code: 'internal' });
  });

  it('[CLIENT-7] rejects with unreachable when nobody answers', async () => {
    const { baseUrl } = await answering(200, '{}');
    for (const close of closers.splice(0)) await close();
    await expect(createApi({ baseUrl }).call('listServices')).rejects.toMatchObject({ code: 'unreachable' });
  });
});
