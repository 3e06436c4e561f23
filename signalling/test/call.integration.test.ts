import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectStaff } from '../src/client/index.ts';
import { startTestSignalling, type TestSignallingOptions } from '../src/testing.ts';
import { eventually } from './world/eventually.ts';
import { connectFakeMediaServer, someCapabilities } from './world/fake-media-server.ts';
import { newCommandId, openConsole, openKiosk } from './world/people.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A service hall: signalling with the real desk, a media server without media, and who comes. */
async function openHall(options: TestSignallingOptions = {}) {
  const signalling = await startTestSignalling(options);
  closers.push(signalling.close);
  const mediaServer = await connectFakeMediaServer(signalling);
  closers.push(mediaServer.close);
  return {
    signalling,
    mediaServer,
    async kiosk(kioskId: string) {
      const kiosk = await openKiosk(signalling, kioskId);
      closers.push(kiosk.close);
      return kiosk;
    },
    async console(userName: string) {
      const console = await openConsole(signalling, userName);
      closers.push(console.close);
      return console;
    },
  };
}

const inCall = (view: { callId: unknown }) => ({ commandId: newCommandId(), callId: view.callId as never });

describe('a call', () => {
  it('goes from the request to the end over real sockets, with its media prepared before the answer', async () => {
    const { kiosk, console, mediaServer } = await openHall();
    const resident = await kiosk('kiosk-001');
    const agent = await console('agent1');

    const queued = await resident.requestCall('yibao-yidi-beian');
    expect(queued).toMatchObject({ state: 'queued', position: 1, estimate: { state: 'unknown' }, ringing: false });
    await eventually(() => (agent.waiting().calls.length === 1 ? undefined : 'the call is not in the waiting list'));
    await resident.becomes('queued', (view) => 'media' in view && view.media?.epoch === 1);
    expect([...mediaServer.rooms.values()]).toEqual([{ callId: queued.callId, epoch: 1, flow: 'prepared' }]);
    const room = { callId: queued.callId, epoch: 1 };
    await resident.request('media:join', { ...room, rtpCapabilities: someCapabilities });

    expect((await agent.becomeAvailable()).availability.state).toMatch(/available|offered/);
    await agent.has('offered', (view) => view.state === 'offered' && view.media?.epoch === 1);
    await resident.becomes('queued', (view) => view.state === 'queued' && view.ringing);
    await agent.request('media:join', { ...room, rtpCapabilities: someCapabilities });

    const connecting = await agent.request('offer:accept', inCall(queued));
    expect(connecting.state).toBe('connecting');
    await resident.becomes('connecting', (view) => view.state === 'connecting' && view.agent.number === '6018');
    await eventually(() =>
      mediaServer.rooms.get(queued.callId)?.flow === 'open' ? undefined : 'the room is not open',
    );
    await resident.request('media:report-flowing', room);
    await agent.request('media:report-flowing', room);
    await resident.becomes('active');
    await agent.has('active');

    await agent.request('call:hold', inCall(queued));
    await resident.becomes('held');
    await eventually(() => (mediaServer.rooms.get(queued.callId)?.flow === 'held' ? undefined : 'media is not held'));
    await agent.request('call:resume', inCall(queued));
    await resident.becomes('active');

    await resident.request('call:end', inCall(queued));
    await resident.becomes('closed', (view) => view.state === 'closed' && view.reason === 'ended');
    await agent.has('wrapping-up', (view) => view.state === 'wrapping-up' && view.reason === 'resident-ended');
    await eventually(() => (mediaServer.rooms.size === 0 ? undefined : 'the room is still there'));
    await agent.request('call:finish-wrap-up', inCall(queued));
    await agent.isNow('available');
  });

  it('returns to its old place when it is declined, and the agent is away with the reason', async () => {
    const { kiosk, console } = await openHall();
    const [first, second] = [await kiosk('kiosk-001'), await kiosk('kiosk-002')];
    const agent = await console('agent1');
    const call = await first.requestCall();
    await second.requestCall();
    await agent.becomeAvailable();
    await agent.has('offered', ({ callId }) => callId === call.callId);
    await agent.request('offer:decline', inCall(call));
    await agent.isNow('away');
    expect(agent.agent()?.availability).toMatchObject({ state: 'away', reason: 'declined' });
    await first.becomes('queued', (view) => view.state === 'queued' && view.position === 1 && !view.ringing);
    await second.becomes('queued', (view) => view.state === 'queued' && view.position === 2);
  });

  it('rings at the next agent when nobody answers in time', async () => {
    const { kiosk, console } = await openHall({ env: { OFFER_TIMEOUT_MS: '1000' } });
    const resident = await kiosk('kiosk-001');
    const [agent1, agent2] = [await console('agent1'), await console('agent2')];
    await agent1.becomeAvailable();
    const call = await resident.requestCall();
    await agent1.has('offered');
    await agent2.becomeAvailable();
    await agent2.has('offered', ({ callId }) => callId === call.callId);
    expect(agent1.agent()?.availability).toMatchObject({ state: 'away', reason: 'no-answer' });
    expect(agent1.events.filter(({ name }) => name === 'call:released').map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ callId: call.callId, reason: 'no-answer' }),
    ]);
    const late = agent1.request('offer:accept', inCall(call));
    await expect(late).rejects.toMatchObject({ code: 'offer-gone' });
  });

  it('waits while its agent helps somebody else: two kiosks, one agent', async () => {
    const { kiosk, console } = await openHall();
    const [first, second] = [await kiosk('kiosk-001'), await kiosk('kiosk-002')];
    const agent = await console('agent1');
    await agent.becomeAvailable();
    const call = await first.requestCall();
    await agent.has('offered');
    const next = await second.requestCall();
    await agent.request('offer:accept', inCall(call));
    await second.becomes('queued', (view) => view.state === 'queued' && view.position === 1);
    expect(agent.waiting().calls.map(({ callId }) => callId)).toEqual([next.callId]);
    await agent.request('call:end', inCall(call));
    await agent.request('call:finish-wrap-up', inCall(call));
    await agent.has('offered', ({ callId }) => callId === next.callId);
  });

  it('is withdrawn from the agent when the resident cancels', async () => {
    const { kiosk, console } = await openHall();
    const resident = await kiosk('kiosk-001');
    const agent = await console('agent1');
    await agent.becomeAvailable();
    const call = await resident.requestCall();
    await agent.has('offered');
    await resident.request('call:end', inCall(call));
    await eventually(() =>
      agent.events.some((event) => event.name === 'call:released' && event.payload.reason === 'cancelled')
        ? undefined
        : 'the agent is not told',
    );
    await agent.isNow('available');
    expect(agent.waiting().calls).toEqual([]);
  });

  it('does the same command once, however often it is sent, and answers it the same', async () => {
    const { kiosk, console } = await openHall();
    const resident = await kiosk('kiosk-001');
    const agent = await console('agent1');
    const commandId = newCommandId();
    const service = 'gjj-zufang-tiqu';
    const views = await Promise.all([1, 2, 3].map(() => resident.requestCall(service, commandId)));
    expect(new Set(views.map(({ callId }) => callId)).size).toBe(1);
    await agent.becomeAvailable();
    await agent.has('offered');
    const accept = inCall(views[0] ?? { callId: '' });
    const answers = await Promise.all([1, 2, 3].map(() => agent.request('offer:accept', accept)));
    expect(answers.map(({ state }) => state)).toEqual(['connecting', 'connecting', 'connecting']);
    await expect(resident.requestCall()).rejects.toMatchObject({ code: 'kiosk-busy' });
  });
});

describe('coming back', () => {
  it('a reloaded kiosk finds its call, its place and its media where they were', async () => {
    const { kiosk } = await openHall();
    const before = await kiosk('kiosk-001');
    const call = await before.requestCall();
    await before.becomes('queued', (view) => 'media' in view && view.media?.epoch === 1);
    before.close();
    const after = await kiosk('kiosk-001');
    expect(after.view()).toMatchObject({ callId: call.callId, state: 'queued', position: 1, media: { epoch: 1 } });
    await expect(after.request('call:snapshot', {})).resolves.toMatchObject({ callId: call.callId });
  });

  it('snapshots fill the gaps of a console', async () => {
    const { kiosk, console } = await openHall();
    const supervisor = await console('supervisor');
    const agent = await console('agent1');
    const resident = await kiosk('kiosk-001');
    const call = await resident.requestCall();
    await agent.becomeAvailable();
    await agent.has('offered');
    const desk = await agent.request('desk:snapshot', {});
    expect(desk).toMatchObject({ agent: { availability: { state: 'offered' } }, call: { callId: call.callId } });
    const waiting = await agent.request('waiting:snapshot', {});
    expect(waiting.calls).toMatchObject([{ callId: call.callId, ringing: true }]);
    expect(waiting.sequence).toBe(agent.waiting().sequence);
    const floor = await supervisor.request('floor:snapshot', {});
    expect(floor.agents).toMatchObject([{ number: '6018', availability: { state: 'offered' } }]);
  });

  it('after signalling restarted, queue, positions and rooms are as they were, and media is not touched', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bangban-restart-'));
    closers.push(() => rmSync(dataDir, { recursive: true }));
    const hall = await openHall({ dataDir });
    const { port } = hall.signalling;
    const [first, second] = [await hall.kiosk('kiosk-001'), await hall.kiosk('kiosk-002')];
    const agent = await hall.console('agent1');
    await agent.becomeAvailable();
    const call = await first.requestCall();
    await agent.has('offered', (view) => view.state === 'offered' && view.media?.epoch === 1);
    await agent.request('offer:accept', inCall(call));
    const room = { callId: call.callId, epoch: 1 };
    await first.request('media:report-flowing', room);
    await agent.request('media:report-flowing', room);
    await first.becomes('active');
    const waiting = await second.requestCall();
    await second.becomes('queued', (view) => 'media' in view && view.media?.epoch === 1);
    const asked = hall.mediaServer.asked.length;
    const rooms = [...hall.mediaServer.rooms.values()];
    await hall.signalling.close();

    const again = await startTestSignalling({ dataDir, env: { PORT: String(port) } });
    closers.push(again.close);
    const mediaServer = await connectFakeMediaServer({ ...again, rooms });
    closers.push(mediaServer.close);
    expect(mediaServer.registered).toEqual({ close: [] });
    // Both kiosks and the console come back by themselves.
    for (const { connection } of [first, second, agent]) {
      await eventually(() =>
        connection.state().state === 'connected' ? undefined : JSON.stringify(connection.state()),
      );
    }
    await first.becomes('active', (view) => view.state === 'active' && view.agentPresent && view.media?.epoch === 1);
    await agent.has('active', ({ callId }) => callId === call.callId);
    await second.becomes(
      'queued',
      (view) => view.callId === waiting.callId && 'position' in view && view.position === 1,
    );
    expect(hall.mediaServer.asked.length).toBe(asked);
    expect(mediaServer.asked.filter(({ name }) => name === 'room:open' || name === 'room:close')).toEqual([]);
  });
});

describe('media servers', () => {
  it('[GATE-27] rooms go to the one with the fewest, and wait while there is none', async () => {
    const { signalling, mediaServer, kiosk } = await openHall();
    mediaServer.close();
    await eventually(async () =>
      (await fetch(`${signalling.url}/readyz`)).status === 503 ? undefined : 'still linked',
    );
    const [first, second] = [await kiosk('kiosk-001'), await kiosk('kiosk-002')];
    await first.requestCall();
    await second.requestCall();
    expect(first.view()).toMatchObject({ media: null });
    const servers = await Promise.all(
      ['sfu-2', 'sfu-3'].map((sfuId) => connectFakeMediaServer({ ...signalling, sfuId })),
    );
    for (const server of servers) closers.push(server.close);
    await first.becomes('queued', (view) => 'media' in view && view.media !== null);
    await second.becomes('queued', (view) => 'media' in view && view.media !== null);
    expect(servers.reduce((sum, { rooms }) => sum + rooms.size, 0)).toBe(2);
  });

  it('[GATE-20] when a media server dies its calls get rooms on another one, under a higher epoch', async () => {
    const { signalling, mediaServer, kiosk } = await openHall();
    const resident = await kiosk('kiosk-001');
    await resident.requestCall();
    await resident.becomes('queued', (view) => 'media' in view && view.media?.epoch === 1);
    const other = await connectFakeMediaServer({ ...signalling, sfuId: 'sfu-2' });
    closers.push(other.close);
    mediaServer.close();
    await resident.becomes('queued', (view) => 'media' in view && view.media?.epoch === 2);
    expect([...other.rooms.values()]).toMatchObject([{ epoch: 2, flow: 'prepared' }]);
  });

  it('[GATE-20] when a worker dies the peers are told the new epoch at once', async () => {
    const { mediaServer, kiosk } = await openHall();
    const resident = await kiosk('kiosk-001');
    const call = await resident.requestCall();
    await resident.becomes('queued', (view) => 'media' in view && view.media?.epoch === 1);
    const startedAt = performance.now();
    mediaServer.emit('room:rebuilt', { callId: call.callId, epoch: 2, flow: 'prepared' });
    await resident.becomes('queued', (view) => 'media' in view && view.media?.epoch === 2);
    expect(performance.now() - startedAt).toBeLessThan(200);
    const stale = resident.request('media:join', { callId: call.callId, epoch: 1, rtpCapabilities: someCapabilities });
    await expect(stale).rejects.toMatchObject({ code: 'media-stale' });
  });
});

describe('a crowd', () => {
  it('[GATE-3] a hundred clients that come back at once are let in at 30 a second, all within 15 s', async () => {
    const { signalling } = await openHall({ env: { MAX_CONNECTS_PER_SECOND: '30' } });
    const { accessToken } = await signalling.signIn('supervisor');
    const connectedAt: number[] = [];
    const clients = Array.from({ length: 100 }, () => connectStaff({ url: signalling.url, accessToken }));
    for (const client of clients) {
      closers.push(() => client.close());
      client.on('staff:welcomed', () => connectedAt.push(performance.now()));
    }
    const startedAt = performance.now();
    await eventually(() => (connectedAt.length === 100 ? undefined : `${connectedAt.length} of 100 are in`));
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    // Thirty at once, and the other seventy at thirty a second.
    expect(performance.now() - startedAt).toBeGreaterThan(2_200);
  });
});

describe('going down', () => {
  it('[GATE-30] takes no new calls, lets the running one come to its end, and is gone then', async () => {
    const { signalling, kiosk, console } = await openHall({ env: { DRAIN_TIMEOUT_MS: '10000' } });
    const [resident, other] = [await kiosk('kiosk-001'), await kiosk('kiosk-002')];
    const agent = await console('agent1');
    await agent.becomeAvailable();
    const call = await resident.requestCall();
    await agent.has('offered');
    await agent.request('offer:accept', inCall(call));
    const closing = signalling.close();
    await expect(other.requestCall()).rejects.toMatchObject({ code: 'draining' });
    expect((await fetch(`${signalling.url}/readyz`)).status).toBe(503);
    const startedAt = performance.now();
    await agent.request('call:end', inCall(call));
    await closing;
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('[GATE-30] waits no longer than it may', async () => {
    const { signalling, kiosk, console } = await openHall({ env: { DRAIN_TIMEOUT_MS: '200' } });
    const resident = await kiosk('kiosk-001');
    const agent = await console('agent1');
    await agent.becomeAvailable();
    const call = await resident.requestCall();
    await agent.has('offered');
    await agent.request('offer:accept', inCall(call));
    const startedAt = performance.now();
    await signalling.close();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
