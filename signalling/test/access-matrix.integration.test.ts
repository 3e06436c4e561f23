import {
  CallId,
  type HttpAccess,
  httpRoutes,
  KioskId,
  kioskRequests,
  linkRequests,
  PROTOCOL_VERSION,
  type RequestTable,
  SfuId,
  type SocketAccess,
  StaffId,
  staffRequests,
} from '@bangban/protocol';
import Sqlite from 'better-sqlite3';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokens } from '../src/access/tokens.ts';
import { createFakeDesk } from '../src/gateway/fake-desk.ts';
import { startTestSignalling, type TestSignalling } from '../src/testing.ts';
import { connectFakeMediaServer, type FakeMediaServer } from './world/fake-media-server.ts';
import { ask, rawSocket } from './world/raw-socket.ts';
import { kioskSamples, linkSamples, requireFit, routeSamples, staffSamples } from './world/sample-requests.ts';

/*
 * FAULTS A3: every request and route of the tables × everybody who might send it. The tables say who may; nothing here
 * repeats a rule of a single request, so a new one is tried as soon as it is in its table.
 */
const tokenSecret = 'kV8s-3nQz1xTfW0bYcL7dRmJ4uHpG2aE9iOo6';
const deniedCodes = ['unauthenticated', 'forbidden', 'not-found', 'offer-gone', 'origin-refused'];

const desk = createFakeDesk();
const callId = CallId.parse('call-1');
desk.facts.callsOfKiosks.set(callId, KioskId.parse('kiosk-001'));
desk.facts.offers.set(callId, StaffId.parse('staff-agent1'));
desk.facts.rooms.set(callId, { sfuId: SfuId.parse('sfu-1'), epoch: 1 });

let signalling: TestSignalling;
let mediaServer: FakeMediaServer;
beforeAll(async () => {
  signalling = await startTestSignalling({ openDesk: async () => desk, env: { TOKEN_SECRET: tokenSecret } });
  mediaServer = await connectFakeMediaServer(signalling);
  requireFit(kioskRequests, kioskSamples);
  requireFit(staffRequests, staffSamples('x'));
  requireFit(linkRequests, linkSamples);
});
afterAll(async () => {
  mediaServer.close();
  await signalling.close();
});

/** The code of a refusal, or `allowed`. */
function codeIn(reply: unknown): string {
  const { ok, error } = reply as { ok: boolean; error?: { code: string } };
  return ok ? 'allowed' : (error?.code ?? 'no code');
}

type Sender = 'kiosk-001' | 'kiosk-002' | 'agent1' | 'agent2' | 'supervisor' | 'admin';
const mayAsk: Record<SocketAccess, readonly Sender[]> = {
  kiosk: ['kiosk-001', 'kiosk-002'],
  'kiosk-of-call': ['kiosk-001'],
  staff: ['agent1', 'agent2', 'supervisor', 'admin'],
  agent: ['agent1', 'agent2'],
  'agent-of-offer': ['agent1'],
  'agent-of-call': ['agent1'],
  supervisor: ['supervisor'],
  sfu: [],
  signalling: [],
};

async function open(sender: Sender): Promise<{ socket: Socket; samples: Record<string, unknown> }> {
  if (sender.startsWith('kiosk')) {
    const deviceToken = await signalling.deviceToken(sender);
    const auth = { protocol: PROTOCOL_VERSION, deviceToken, installation: `browser-${sender}` };
    return { socket: (await rawSocket(signalling.url, '/kiosk', { auth })).socket, samples: kioskSamples };
  }
  const { accessToken } = await signalling.signIn(sender);
  const { socket } = await rawSocket(signalling.url, '/staff', { auth: { protocol: PROTOCOL_VERSION, accessToken } });
  return { socket, samples: staffSamples(accessToken) };
}

describe('sockets', () => {
  const senders: Sender[] = ['kiosk-001', 'kiosk-002', 'agent1', 'agent2', 'supervisor', 'admin'];

  it.each(senders)('[ACCESS-17] %s may send exactly what the rules of the tables say', async (sender) => {
    const { socket, samples } = await open(sender);
    const table: RequestTable = sender.startsWith('kiosk') ? kioskRequests : staffRequests;
    const outcome: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [name, { access }] of Object.entries(table)) {
      const code = codeIn(await ask(socket, name, samples[name]));
      outcome[name] = deniedCodes.includes(code) ? 'denied' : code;
      expected[name] = mayAsk[access].includes(sender) ? 'allowed' : 'denied';
    }
    expect(outcome).toEqual(expected);
    socket.disconnect();
  });

  it.each(senders)('[ACCESS-17] %s is not heard in the words of other namespaces', async (sender) => {
    const { socket } = await open(sender);
    const own = sender.startsWith('kiosk') ? kioskRequests : staffRequests;
    const foreign = Object.entries({ ...kioskSamples, ...staffSamples('x'), ...linkSamples });
    const before = desk.commands.length;
    for (const [name, payload] of foreign.filter(([name]) => !(name in own))) {
      expect(await ask(socket, name, payload, 20)).toBeUndefined();
    }
    expect(desk.commands.length).toBe(before);
    socket.disconnect();
  });
});

describe('handshakes', () => {
  const past = Date.now() - 100 * 86_400_000;
  const expired = createTokens({ secret: tokenSecret, now: () => past, staffLifeSeconds: 600, kioskLifeSeconds: 600 });
  const tokensOf = async () => ({
    anonymous: undefined,
    'the token of a kiosk': await signalling.deviceToken('kiosk-001'),
    'the token of an agent': (await signalling.signIn('agent1')).accessToken,
    'the token of an admin': (await signalling.signIn('admin')).accessToken,
    'the service token': signalling.linkToken,
    'an expired device token': expired.signKiosk({ kioskId: KioskId.parse('kiosk-001'), tokenVersion: 1 }),
    'an expired access token': expired.signStaff({
      staffId: StaffId.parse('staff-agent1'),
      role: 'agent',
      sessionId: 'session-1',
    }),
    'a token of a session that never was': createTokens({
      secret: tokenSecret,
      now: Date.now,
      staffLifeSeconds: 600,
      kioskLifeSeconds: 600,
    }).signStaff({ staffId: StaffId.parse('staff-admin'), role: 'admin', sessionId: 'session-1' }),
  });
  const welcome: Record<string, readonly string[]> = {
    '/kiosk': ['the token of a kiosk'],
    '/staff': ['the token of an agent', 'the token of an admin'],
    '/link': ['the service token'],
  };

  it.each(['/kiosk', '/staff', '/link'] as const)(
    '[ACCESS-17] %s lets in exactly whom it is for',
    async (namespace) => {
      for (const [who, token] of Object.entries(await tokensOf())) {
        const auth = {
          protocol: PROTOCOL_VERSION,
          installation: 'browser-matrix',
          ...(token === undefined ? {} : { deviceToken: token, accessToken: token, linkToken: token }),
        };
        const origin = namespace === '/link' ? null : signalling.url;
        const { socket, refusal } = await rawSocket(signalling.url, namespace, { auth, origin });
        const isWelcome = welcome[namespace]?.includes(who);
        expect([who, refusal?.code]).toEqual([
          who,
          isWelcome ? undefined : who === 'anonymous' ? 'invalid-payload' : 'unauthenticated',
        ]);
        socket.disconnect();
      }
    },
  );

  it.each(['/kiosk', '/staff', '/link'] as const)(
    '[ACCESS-18] %s takes no token from the address',
    async (namespace) => {
      const { accessToken } = await signalling.signIn('agent1');
      const deviceToken = await signalling.deviceToken('kiosk-001');
      const query = { accessToken, deviceToken, token: accessToken, linkToken: signalling.linkToken };
      const auth = { protocol: PROTOCOL_VERSION, installation: 'browser-matrix' };
      const { refusal } = await rawSocket(signalling.url, namespace, { auth, query });
      expect(refusal).toEqual({ code: 'invalid-payload' });
    },
  );

  /** FAULTS A6. */
  it.each(['websocket', 'polling'] as const)('[ACCESS-11] over %s, foreign pages get in nowhere', async (transport) => {
    const { accessToken } = await signalling.signIn('agent1');
    const deviceToken = await signalling.deviceToken('kiosk-001');
    const auth = {
      protocol: PROTOCOL_VERSION,
      installation: 'browser-matrix',
      accessToken,
      deviceToken,
      linkToken: signalling.linkToken,
    };
    const foreign = [
      'https://evil.cn',
      'null',
      `${signalling.url}.evil.cn`,
      `http://evil.localhost:${signalling.port}`,
    ];
    for (const namespace of ['/kiosk', '/staff', '/link'] as const) {
      for (const origin of foreign) {
        const { refusal } = await rawSocket(signalling.url, namespace, { auth, origin, transport });
        expect([namespace, origin, refusal?.code]).toEqual([namespace, origin, 'origin-refused']);
      }
    }
    const withoutOrigin = async (namespace: '/kiosk' | '/staff' | '/link') => {
      const { socket, refusal } = await rawSocket(signalling.url, namespace, { auth, origin: null, transport });
      socket.disconnect();
      return refusal?.code;
    };
    expect(await withoutOrigin('/staff')).toBe('origin-refused');
    expect(await withoutOrigin('/kiosk')).toBeUndefined();
    expect(await withoutOrigin('/link')).toBeUndefined();
  });
});

describe('routes', () => {
  type Caller = 'anonymous' | 'kiosk' | 'agent1' | 'supervisor' | 'admin' | 'signed out' | 'through a proxy';
  const callers: Caller[] = ['anonymous', 'kiosk', 'agent1', 'supervisor', 'admin', 'signed out', 'through a proxy'];
  const staff: Caller[] = ['agent1', 'supervisor', 'admin'];
  const here = callers.filter((caller) => caller !== 'through a proxy');
  const mayCall: Record<HttpAccess, readonly Caller[]> = {
    public: callers,
    'refresh-cookie': staff,
    staff,
    admin: ['admin'],
    kiosk: ['kiosk'],
    'demo-loopback': here,
    metrics: here,
  };

  async function headersOf(caller: Caller): Promise<Record<string, string>> {
    switch (caller) {
      case 'anonymous':
        return {};
      case 'through a proxy':
        return { 'x-forwarded-for': '127.0.0.1' };
      case 'kiosk':
        return { authorization: `Bearer ${await signalling.deviceToken('kiosk-001')}` };
      case 'signed out': {
        const { accessToken, cookie } = await signalling.signIn('admin');
        const headers = { 'content-type': 'application/json', cookie };
        await fetch(`${signalling.url}/api/v1/auth/sign-out`, { method: 'POST', headers, body: '{}' });
        return { authorization: `Bearer ${accessToken}`, cookie };
      }
      default: {
        const { accessToken, cookie } = await signalling.signIn(caller);
        return { authorization: `Bearer ${accessToken}`, cookie };
      }
    }
  }

  it.each(callers)('[ACCESS-17] %s may call exactly what the rules of the table say', async (caller) => {
    const outcome: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [name, route] of Object.entries(httpRoutes)) {
      const { params, input } = routeSamples[name as keyof typeof routeSamples];
      const path = route.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '');
      // Some routes end the session or replace the token of whoever calls them.
      const headers = { 'content-type': 'application/json', ...(await headersOf(caller)) };
      const body = route.method === 'post' ? { body: JSON.stringify(input) } : {};
      const response = await fetch(signalling.url + path, { method: route.method.toUpperCase(), headers, ...body });
      const code = response.ok ? 'allowed' : ((await response.json()) as { error: { code: string } }).error.code;
      outcome[name] = deniedCodes.includes(code) ? 'denied' : 'allowed';
      expected[name] = mayCall[route.access].includes(caller) ? 'allowed' : 'denied';
    }
    expect(outcome).toEqual(expected);
  });

  it('[ACCESS-16] every refused act is one audit entry, without secrets, that nothing changes', async () => {
    const { accessToken } = await signalling.signIn('agent2');
    const database = new Sqlite(`${signalling.dataDir}/bangban.db`);
    const count = () => database.prepare('select count(*) as n from audit').get() as { n: number };
    const before = count().n;
    const headers = { authorization: `Bearer ${accessToken}` };
    await fetch(`${signalling.url}/api/v1/kiosks`, { headers });
    const { socket } = await open('agent2');
    await ask(socket, 'offer:accept', staffSamples('x')['offer:accept']);
    await ask(socket, 'floor:snapshot', {});
    socket.disconnect();
    const entries = database
      .prepare('select at_ms, actor, source, act, outcome, detail from audit where sequence > ? order by sequence')
      .all(before);
    expect(entries).toEqual([
      expect.objectContaining({ act: 'http listKiosks', outcome: 'refused', detail: 'forbidden', source: '127.0.0.1' }),
      expect.objectContaining({ act: 'sign-in', outcome: 'done', actor: 'staff:staff-agent2' }),
      expect.objectContaining({
        act: '/staff agent-of-offer',
        actor: 'staff:staff-agent2',
        detail: 'offer-gone call-1',
      }),
      expect.objectContaining({ act: '/staff supervisor', outcome: 'refused', detail: 'forbidden' }),
    ]);
    for (const entry of entries as { at_ms: number }[]) expect(Math.abs(entry.at_ms - Date.now())).toBeLessThan(60_000);
    const everything = JSON.stringify(database.prepare('select * from audit').all());
    for (const secret of [accessToken, 'correct-horse', signalling.linkToken]) expect(everything).not.toContain(secret);
    expect(() => database.prepare('update audit set actor = ?').run('nobody')).toThrow(/append-only/);
    expect(() => database.prepare('delete from audit').run()).toThrow(/append-only/);
    database.close();
  });
});
