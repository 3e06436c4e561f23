import { connect } from 'node:net';
import { PROTOCOL_VERSION } from '@bangban/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeDesk } from '../src/gateway/fake-desk.ts';
import { startTestSignalling, type TestSignalling, testPassword } from '../src/testing.ts';
import { eventually } from './world/eventually.ts';
import { captureLog } from './world/log-capture.ts';
import { openConsole, openKiosk } from './world/people.ts';
import { ask, rawSocket } from './world/raw-socket.ts';
import { staffSamples } from './world/sample-requests.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: Parameters<typeof startTestSignalling>[0] = {}): Promise<TestSignalling> {
  const signalling = await startTestSignalling({ openDesk: async () => createFakeDesk(), ...options });
  closers.push(signalling.close);
  return signalling;
}

function signIn(signalling: TestSignalling, userName: string, password: string): Promise<Response> {
  return fetch(`${signalling.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userName, password }),
  });
}

const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe('guessing passwords (A8)', () => {
  it('[ACCESS-10] a thousand tries at a hundred accounts are slowed down; who sits there may sign in', async () => {
    const signalling = await start();
    expect((await signIn(signalling, 'agent1', testPassword)).status).toBe(200);
    const codes = new Map<string, number>();
    for (let round = 0; round < 10; round += 1) {
      const users = Array.from({ length: 100 }, (_, index) => `user${index}`);
      const answers = await Promise.all(users.map((user) => signIn(signalling, user, `guess-${round}`).then(codeOf)));
      for (const code of answers) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].sort()).toEqual(['rate-limited', 'sign-in-refused']);
    // The first hundred came at once, before the fiftieth failure was known.
    expect(codes.get('sign-in-refused')).toBeLessThanOrEqual(110);
    expect((await signIn(signalling, 'agent1', testPassword)).status).toBe(200);
  }, 60_000);

  it('[ACCESS-9] guessing at one account is slowed down with a time to wait', async () => {
    const signalling = await start();
    for (let round = 0; round < 5; round += 1) await signIn(signalling, 'admin', `guess-${round}`);
    const response = await signIn(signalling, 'admin', testPassword);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('30');
    expect((await signIn(signalling, 'supervisor', testPassword)).status).toBe(200);
  });

  it('[ACCESS-6] a wrong password and an unknown account look the same', async () => {
    const signalling = await start();
    const [wrong, unknown] = [await signIn(signalling, 'agent1', 'x'), await signIn(signalling, 'nobody', 'x')];
    expect([wrong.status, await wrong.json()]).toEqual([unknown.status, await unknown.json()]);
  });
});

describe('slow and odd requests (D4, D11)', () => {
  it('[HTTP-15] five hundred connections that never finish their headers keep nobody from signing in', async () => {
    const signalling = await start();
    const slow = Array.from({ length: 500 }, () => {
      const socket = connect(signalling.port, '127.0.0.1', () =>
        socket.write('POST /api/v1/auth/sign-in HTTP/1.1\r\nHost:'),
      );
      socket.resume().on('error', () => undefined);
      closers.push(() => socket.destroy());
      return socket;
    });
    await eventually(() => (slow.every((socket) => !socket.connecting) ? undefined : 'not all are connected'));
    const startedAt = performance.now();
    expect((await signIn(signalling, 'agent1', testPassword)).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(500);
    const beganAt = performance.now();
    await new Promise<void>((resolve) => slow[0]?.once('close', () => resolve()));
    expect(performance.now() - beganAt).toBeLessThan(17_000);
  }, 30_000);

  it.each([
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    [
      'two lengths',
      'POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      'POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a bare line feed in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\nX-B: b\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('[HTTP-15] answers %s with 4xx or closes, and lives', async (_, bytes) => {
    const signalling = await start();
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(signalling.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('error', () => resolve(text));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    expect((await fetch(`${signalling.url}/healthz`)).status).toBe(200);
  });
});

describe('logs (L2, L3)', () => {
  it('[LOG-1][LOG-2] after sign-ins, connections and refusals no line holds a secret, and each is one event', async () => {
    const { log, lines } = captureLog();
    const signalling = await start({ log });
    const forged = 'x"}\r\n{"level":60,"msg":"forged"}\u001b[2J';
    await signIn(signalling, forged, 'hunter2-hunter2');
    await signIn(signalling, '11010519491231002X', 'hunter2-hunter2');
    const staff = await openConsole(signalling, 'agent1');
    closers.push(staff.close);
    const deviceToken = await signalling.deviceToken('kiosk-001');
    const kiosk = await openKiosk(signalling, 'kiosk-001', { deviceToken });
    closers.push(kiosk.close);
    await staff.request('session:renew', { accessToken: `${staff.accessToken}x` }).catch(() => undefined);
    await fetch(`${signalling.url}/api/v1/kiosks?token=hunter2-hunter2`);
    await fetch(`${signalling.url}/nowhere/${encodeURIComponent(forged)}?token=hunter2-hunter2`);
    await fetch(`${signalling.url}/api/v1/kiosks`, { headers: { authorization: `Bearer ${staff.accessToken}x` } });
    for (const auth of [
      { protocol: PROTOCOL_VERSION, deviceToken: `${deviceToken}x`, installation: 'browser-1' },
      { protocol: PROTOCOL_VERSION, deviceToken: forged, installation: 'browser-1' },
    ]) {
      const { socket } = await rawSocket(signalling.url, '/kiosk', { auth, query: { token: 'hunter2-hunter2' } });
      socket.disconnect();
    }
    const { socket } = await rawSocket(signalling.url, '/staff', {
      auth: { protocol: PROTOCOL_VERSION, accessToken: staff.accessToken },
    });
    for (const [name, payload] of Object.entries(staffSamples(staff.accessToken))) await ask(socket, name, payload);
    socket.disconnect();
    await signalling.close();

    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
      expect((JSON.parse(line) as { role: string }).role).toBe('signalling');
    }
    const everything = lines.join('');
    const [refresh = ''] = staff.cookie.split('=').slice(1);
    const secrets = [
      staff.accessToken,
      refresh,
      deviceToken,
      signalling.linkToken,
      testPassword,
      'hunter2',
      '11010519491',
    ];
    for (const secret of secrets) expect(everything).not.toContain(secret);
  });
});
