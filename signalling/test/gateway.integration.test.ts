import { CallId, KioskId, PROTOCOL_VERSION, SfuId, StaffId } from '@bangban/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokens } from '../src/access/tokens.ts';
import { demoKiosks } from '../src/adapters/demo/people-and-kiosks.ts';
import { createFakeDesk, type FakeDesk } from '../src/gateway/fake-desk.ts';
import { startTestSignalling, type TestSignalling } from '../src/testing.ts';
import { eventually } from './world/eventually.ts';
import { connectFakeMediaServer, someCapabilities } from './world/fake-media-server.ts';
import { newCommandId, openConsole, openKiosk } from './world/people.ts';
import { rawSocket } from './world/raw-socket.ts';

let desk: FakeDesk;
let signalling: TestSignalling;
const closers: (() => unknown)[] = [];
beforeEach(async () => {
  desk = createFakeDesk();
  signalling = await startTestSignalling({ openDesk: async () => desk });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await signalling.close();
});

const callId = CallId.parse('call-1');
const kiosk1 = KioskId.parse('kiosk-001');
const agent1 = StaffId.parse('staff-agent1');

async function kiosk(...args: Parameters<typeof openKiosk> extends [unknown, ...infer Rest] ? Rest : never) {
  const opened = await openKiosk(signalling, ...args);
  closers.push(opened.close);
  return opened;
}
async function console(userName: string) {
  const opened = await openConsole(signalling, userName);
  closers.push(opened.close);
  return opened;
}
async function mediaServer(options: Partial<Parameters<typeof connectFakeMediaServer>[0]> = {}) {
  const server = await connectFakeMediaServer({ ...signalling, ...options });
  closers.push(server.close);
  return server;
}
const commandTypes = () => desk.commands.map(({ type }) => type);
const commanded = (type: string) =>
  eventually(() => (commandTypes().some((each) => each === type) ? undefined : `no ${type} in ${commandTypes()}`));

describe('handshake', () => {
  it.each([
    ['an older protocol', PROTOCOL_VERSION - 2, 'protocol-too-old'],
    ['a newer protocol', PROTOCOL_VERSION + 1, 'protocol-too-new'],
  ])('[GATE-1] refuses %s with its own code, before looking at anything else', async (_, protocol, code) => {
    const { refusal } = await rawSocket(signalling.url, '/kiosk', { auth: { protocol } });
    expect(refusal).toEqual({ code });
  });

  it.each(['/kiosk', '/staff', '/link'] as const)('[GATE-2] refuses %s without a valid token', async (namespace) => {
    const auth = {
      protocol: PROTOCOL_VERSION,
      deviceToken: 'x',
      accessToken: 'x',
      linkToken: 'x',
      installation: 'installation-1',
    };
    const origin = namespace === '/link' ? null : signalling.url;
    expect((await rawSocket(signalling.url, namespace, { auth, origin })).refusal).toEqual({ code: 'unauthenticated' });
  });

  it('[GATE-4] welcomes a kiosk with its call before it sends anything else', async () => {
    const { events } = await kiosk('kiosk-001');
    expect(events[0]).toEqual({
      name: 'kiosk:welcomed',
      payload: { protocol: PROTOCOL_VERSION, kioskId: 'kiosk-001', consentVersion: expect.any(String), call: null },
    });
  });
});

describe('presence', () => {
  it('[GATE-5] tells the desk who comes and goes', async () => {
    const { close } = await kiosk('kiosk-001');
    const { close: closeConsole } = await console('agent1');
    close();
    await commanded('kiosk-absent');
    closeConsole();
    await commanded('agent-absent');
    expect(commandTypes()).toEqual(['kiosk-present', 'agent-present', 'kiosk-absent', 'agent-absent']);
    expect(desk.commands[1]).toMatchObject({ agent: { staffId: agent1, skills: expect.arrayContaining(['bdc']) } });
  });

  it('[GATE-6] refuses a second device with the token of a connected kiosk', async () => {
    const deviceToken = await signalling.deviceToken('kiosk-001');
    await kiosk('kiosk-001', { deviceToken });
    const auth = { protocol: PROTOCOL_VERSION, deviceToken, installation: 'another-device' };
    expect((await rawSocket(signalling.url, '/kiosk', { auth })).refusal).toEqual({ code: 'kiosk-in-use' });
    expect(commandTypes()).toEqual(['kiosk-present']);
  });

  it('[GATE-7] lets a reloaded page of the same kiosk replace the older one, without an absence', async () => {
    const older = await kiosk('kiosk-001');
    await kiosk('kiosk-001');
    await eventually(() => (older.connection.state().state === 'ended' ? undefined : 'the older one is still there'));
    expect(older.connection.state()).toEqual({ state: 'ended', reason: 'replaced' });
    expect(commandTypes()).toEqual(['kiosk-present', 'kiosk-present']);
  });

  it('[GATE-8] lets the newer tab of an agent win and tells the older one', async () => {
    const older = await console('agent1');
    await console('agent1');
    await eventually(() => (older.connection.state().state === 'ended' ? undefined : 'the older one is still there'));
    expect(older.connection.state()).toEqual({ state: 'ended', reason: 'replaced' });
    expect(commandTypes()).not.toContain('agent-absent');
  });

  it('[GATE-8] lets supervisors have several tabs, and puts none of them on the floor', async () => {
    const first = await console('supervisor');
    await console('supervisor');
    expect(first.connection.state()).toEqual({ state: 'connected' });
    expect(commandTypes()).toEqual([]);
  });
});

describe('the end of a session', () => {
  it('[GATE-9] closes the connections of a session at once when it signs out', async () => {
    const { connection, cookie } = await console('agent1');
    const headers = { 'content-type': 'application/json', cookie };
    const startedAt = performance.now();
    await fetch(`${signalling.url}/api/v1/auth/sign-out`, { method: 'POST', headers, body: '{}' });
    await eventually(() => (connection.state().state === 'ended' ? undefined : 'still connected'));
    expect(connection.state()).toEqual({ state: 'ended', reason: 'signed-out' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await commanded('agent-signed-out');
  });

  it('[GATE-10] closes the connection of a revoked kiosk and tells the desk', async () => {
    const { connection } = await kiosk('kiosk-002');
    const { accessToken } = await signalling.signIn('admin');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
    await fetch(`${signalling.url}/api/v1/kiosks/kiosk-002/revoke`, { method: 'POST', headers, body: '{}' });
    await eventually(() => (connection.state().state === 'ended' ? undefined : 'still connected'));
    expect(connection.state()).toEqual({ state: 'ended', reason: 'revoked' });
    await commanded('kiosk-revoked');
  });

  it('[GATE-11] ends a connection whose access token is over and was not renewed', async () => {
    const secret = 'kV8s-3nQz1xTfW0bYcL7dRmJ4uHpG2aE9iOo6';
    const hall = await startTestSignalling({
      openDesk: async () => createFakeDesk(),
      env: { TOKEN_SECRET: secret },
    });
    closers.push(hall.close);
    const { connection, request, accessToken } = await openConsole(hall, 'agent1');
    closers.push(() => connection.close());
    const payload = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
    // Its life is over, and of the 60 s of leeway 2 to 3 are left.
    const expiring = createTokens({ secret, now: Date.now, staffLifeSeconds: -57, kioskLifeSeconds: 1 });
    await request('session:renew', {
      accessToken: expiring.signStaff({ staffId: agent1, role: 'agent', sessionId: payload.sid }),
    });
    await eventually(() => (connection.state().state === 'ended' ? undefined : JSON.stringify(connection.state())));
    expect(connection.state()).toEqual({ state: 'ended', reason: 'token-expired' });
  });

  it('[GATE-11] renews a connection with a newer token of the same session only', async () => {
    const { request, accessToken } = await console('agent1');
    await expect(request('session:renew', { accessToken })).resolves.toBeNull();
    const other = await signalling.signIn('agent2');
    await expect(request('session:renew', { accessToken: other.accessToken })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('media', () => {
  const inRoom = { callId, epoch: 2 };
  beforeEach(() => {
    desk.facts.callsOfKiosks.set(callId, kiosk1);
    desk.facts.offers.set(callId, agent1);
    desk.facts.rooms.set(callId, { sfuId: SfuId.parse('sfu-1'), epoch: 2 });
  });

  it('[GATE-12] asks the media server that has the room, in the name of the peer', async () => {
    const server = await mediaServer();
    const { request } = await kiosk('kiosk-001');
    const joined = await request('media:join', { ...inRoom, rtpCapabilities: someCapabilities });
    expect(joined.send.id).toBe('send');
    expect(server.asked).toEqual([
      { name: 'peer:join', input: { ...inRoom, peerId: 'kiosk-001', rtpCapabilities: someCapabilities } },
    ]);
    await expect(request('media:capabilities', {})).resolves.toEqual({ routerRtpCapabilities: someCapabilities });
  });

  it('[GATE-13] refuses what speaks of another epoch as stale, and passes nothing on', async () => {
    const server = await mediaServer();
    const { request } = await console('agent1');
    const stale = request('media:join', { ...inRoom, epoch: 1, rtpCapabilities: someCapabilities });
    await expect(stale).rejects.toMatchObject({ code: 'media-stale' });
    expect(server.asked).toEqual([]);
  });

  it('[GATE-14] says media-unavailable while no media server is there', async () => {
    const { request } = await kiosk('kiosk-001');
    const { code } = await request('media:join', { ...inRoom, rtpCapabilities: someCapabilities }).catch((e) => e);
    expect(code).toBe('media-unavailable');
    await expect(request('media:capabilities', {})).rejects.toMatchObject({ code: 'media-unavailable' });
  });

  it('[GATE-15] keeps peers out of rooms of others', async () => {
    const server = await mediaServer();
    const { request } = await kiosk('kiosk-002');
    const join = request('media:join', { ...inRoom, rtpCapabilities: someCapabilities });
    await expect(join).rejects.toMatchObject({ code: 'not-found' });
    expect(server.asked).toEqual([]);
  });

  it('[GATE-16] tells peers what the media server says about the other one, and only them', async () => {
    const server = await mediaServer();
    const first = await kiosk('kiosk-001');
    const other = await kiosk('kiosk-002');
    const heard: unknown[] = [];
    const overheard: unknown[] = [];
    first.connection.on('media:consumer-removed', (payload) => heard.push(payload));
    other.connection.on('media:consumer-removed', (payload) => overheard.push(payload));
    const payload = { ...inRoom, consumerId: 'consumer-1' as never };
    const event = { name: 'media:consumer-removed' as const, payload };
    server.emit('peer:notified', { callId, peerId: 'kiosk-002' as never, event });
    server.emit('peer:notified', { callId, peerId: 'kiosk-001' as never, event });
    await eventually(() => (heard.length > 0 ? undefined : 'nothing heard'));
    expect([heard, overheard]).toEqual([[payload], []]);
  });

  it('[GATE-17] reports media that flows to the desk, by side', async () => {
    await mediaServer();
    const { request } = await kiosk('kiosk-001');
    await request('media:report-flowing', inRoom);
    expect(desk.commands.at(-1)).toEqual({ type: 'media-flowing', callId, side: 'kiosk', epoch: 2 });
  });
});

describe('media servers', () => {
  it('[GATE-18] joins and leaves are told to the desk, and readiness follows', async () => {
    const readiness = async () => (await fetch(`${signalling.url}/readyz`)).status;
    const server = await mediaServer();
    expect(desk.commands).toEqual([{ type: 'media-server-joined', sfuId: 'sfu-1', rooms: [] }]);
    expect(await readiness()).toBe(200);
    server.close();
    await commanded('media-server-left');
    expect(await readiness()).toBe(503);
  });

  it('[GATE-19] answers a registration with the rooms that nobody needs', async () => {
    desk.answer('media-server-joined', () => ({ close: [callId] }));
    const server = await mediaServer({ rooms: [{ callId, epoch: 1, flow: 'open' }] });
    expect(server.registered).toEqual({ close: [callId] });
  });

  it('[GATE-20] a rebuilt room reaches the desk under its new epoch, a lost one as lost', async () => {
    const server = await mediaServer();
    server.emit('room:rebuilt', { callId, epoch: 3, flow: 'open' });
    await commanded('room-opened');
    expect(desk.commands.at(-1)).toEqual({ type: 'room-opened', callId, sfuId: 'sfu-1', epoch: 3 });
    server.emit('room:lost', { callId, epoch: 3 });
    await commanded('room-lost');
  });

  it('[GATE-21] signalling that ends says nothing of media servers: their rooms go on', async () => {
    await mediaServer();
    await signalling.close();
    expect(commandTypes()).toEqual(['media-server-joined']);
  });
});

describe('requests', () => {
  it('[GATE-22] asks for consent again when the text has changed', async () => {
    const { request } = await kiosk('kiosk-001');
    const outdated = request('call:request', {
      commandId: newCommandId(),
      service: 'shebao-canbao-zhengming' as never,
      language: 'zh-CN',
      consent: { version: 'last-year', language: 'zh-CN' },
      devices: { camera: true, microphone: true },
    });
    await expect(outdated).rejects.toMatchObject({ code: 'consent-outdated' });
  });

  it('[GATE-23] knows no service item that is not in the catalogue', async () => {
    const { requestCall } = await kiosk('kiosk-001');
    await expect(requestCall('shebao-unknown')).rejects.toMatchObject({ code: 'service-unknown' });
  });

  it('[GATE-24] hands the command to the desk with the facts of kiosk and service item, and the sender', async () => {
    const { requestCall } = await kiosk('kiosk-001');
    await requestCall('yibao-yidi-beian');
    expect(desk.commands.at(-1)).toMatchObject({
      type: 'request-call',
      kiosk: demoKiosks[0],
      service: { code: 'yibao-yidi-beian', skills: ['yibao'], priority: 1 },
    });
  });

  it('[GATE-25] a bug becomes an incident id, and the process lives', async () => {
    desk.answer('request-call', () => {
      throw new TypeError('a bug');
    });
    const { requestCall, request } = await kiosk('kiosk-001');
    const error = await requestCall().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'internal', incident: expect.stringMatching(/^[\w-]{22}$/) });
    expect(error.message).not.toContain('a bug');
    await expect(request('call:snapshot', {})).resolves.toBeNull();
  });
});
