import type { StaffEvents, StaffRequests } from '@bangban/protocol';
import { AssistError } from '@bangban/protocol/plain';
import { createFakeCallMedia, type FakeCallMedia } from '@bangban/sfu/client';
import { createFakeConnection, type FakeServer } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { createFakeDevices } from '../test/fake-devices.ts';
import { createFakeTime, settle } from '../test/fake-timers.ts';
import { activeCall, agentView, availableAgent, offeredCall, staffView } from '../test/views.ts';
import { createRing } from './call/ring.ts';
import { createConsole } from './console.ts';

async function consoleAt() {
  const time = createFakeTime();
  const fakeDevices = createFakeDevices();
  const servers: FakeServer<StaffRequests, StaffEvents>[] = [];
  const medias: FakeCallMedia[] = [];
  const rings: string[] = [];
  let isLive = true;
  let tokens = 0;
  const grant = async () => {
    if (!isLive) throw new AssistError('unauthenticated', 'test');
    tokens += 1;
    return { accessToken: `token-${tokens}`, expiresInSeconds: 600, staff: staffView('agent') };
  };
  const console = createConsole({
    api: { signIn: grant, refresh: grant, signOut: async () => undefined },
    kioskApi: {
      listKiosks: async () => ({ kiosks: [] }),
      createEnrolmentCode: async () => ({ code: '', expiresInSeconds: 1 }),
      revokeKiosk: async () => {
        throw new AssistError('not-found', 'test');
      },
    },
    connect() {
      const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
      servers.push(server);
      return connection;
    },
    createCallMedia() {
      const media = createFakeCallMedia();
      medias.push(media);
      return media;
    },
    createRing: () =>
      createRing({
        sounder: {
          allowed: () => true,
          running: () => true,
          unlock: async () => true,
          ring: () => rings.push('ring'),
          silence: () => undefined,
          close: () => undefined,
        },
        every: () => () => undefined,
        volume: 1,
        saveVolume: () => undefined,
      }),
    devicePort: fakeDevices.port,
    deviceMemory: { load: () => null, save: () => undefined },
    timers: time.timers,
    monotonicMs: time.nowMs,
    exclusively: (run) => run(),
  });
  await settle();
  const newest = () => {
    const server = servers.at(-1);
    if (server === undefined) throw new Error('nothing is connected');
    return server;
  };
  return { console, time, servers, medias, rings, fakeDevices, newest, endSession: () => (isLive = false) };
}

const workplaceOf = ({ console }: Awaited<ReturnType<typeof consoleAt>>) => {
  const now = console.get();
  if (now.state !== 'working' || now.workplace.place.role !== 'agent') throw new Error(`no workplace: ${now.state}`);
  return now.workplace.place;
};

describe('console (CONSOLE)', () => {
  it('[CONSOLE-3] gives the renewed token to the open connection', async () => {
    const stage = await consoleAt();
    stage.newest().answer('session:renew', () => null);
    await stage.time.pass(421_000);
    expect(stage.newest().requests).toEqual([{ name: 'session:renew', input: { accessToken: 'token-2' } }]);
  });

  it('[CONSOLE-4] signing out closes the connection and everything on it', async () => {
    const stage = await consoleAt();
    await stage.console.signOut();
    expect(stage.console.get()).toEqual({ state: 'signed-out' });
    expect(stage.medias[0]?.isClosed()).toBe(true);
  });

  it('[CONSOLE-6] a connection whose token expired is opened anew, once', async () => {
    const stage = await consoleAt();
    stage.newest().become({ state: 'ended', reason: 'token-expired' });
    expect(stage.servers).toHaveLength(2);
    expect(stage.console.get().state).toBe('working');
    stage.newest().become({ state: 'refused', code: 'unauthenticated', retrying: false });
    expect(stage.console.session.get()).toMatchObject({ state: 'signed-out', notice: 'token-expired' });
    expect(stage.console.get().state).toBe('signed-out');
  });

  it('[CONSOLE-6] a passing refusal changes nothing: the connection tries again by itself', async () => {
    const stage = await consoleAt();
    stage.newest().become({ state: 'refused', code: 'draining', retrying: true });
    expect(stage.console.get().state).toBe('working');
  });

  it.each(['signed-out', 'revoked'] as const)(
    '[CONSOLE-7] "%s" ends at the sign-in page, with the reason',
    async (reason) => {
      const stage = await consoleAt();
      stage.newest().become({ state: 'ended', reason });
      expect(stage.console.session.get()).toMatchObject({ state: 'signed-out', notice: reason });
    },
  );

  it('[CONSOLE-7] a tab that was replaced stops, and takes over again when asked', async () => {
    const stage = await consoleAt();
    stage.newest().become({ state: 'ended', reason: 'replaced' });
    expect(stage.console.get()).toEqual({ state: 'stopped', why: { by: 'session-end', reason: 'replaced' } });
    expect(stage.medias[0]?.isClosed()).toBe(true);
    stage.console.resume();
    expect(stage.console.get().state).toBe('working');
    expect(stage.servers).toHaveLength(2);
  });

  it('[CONSOLE-7] a page that is too old stops and says so', async () => {
    const stage = await consoleAt();
    stage.newest().become({ state: 'refused', code: 'protocol-too-old', retrying: false });
    expect(stage.console.get()).toEqual({ state: 'stopped', why: { by: 'refusal', code: 'protocol-too-old' } });
  });

  it('[CONSOLE-8] a lost connection leaves the call, its media and the devices alone', async () => {
    const stage = await consoleAt();
    stage.newest().emit('agent:changed', availableAgent());
    stage.newest().emit('call:changed', activeCall());
    await settle();
    stage.newest().become({ state: 'reconnecting', sinceMs: 0 });
    expect(stage.medias[0]?.target()).toMatchObject({ flow: 'open' });
    expect(stage.fakeDevices.tracks.some((track) => track.stopped())).toBe(false);
  });

  it('[CONSOLE-14] devices open on duty and close when the agent is away', async () => {
    const stage = await consoleAt();
    const { devices } = workplaceOf(stage);
    expect(devices.get().camera.state).toBe('closed');
    stage.newest().emit('agent:changed', availableAgent(2));
    await settle();
    expect(devices.get().camera.state).toBe('open');
    stage.newest().emit('agent:changed', agentView({ state: 'away', reason: 'break', since: 1 }, 3));
    expect(devices.get().camera.state).toBe('closed');
  });

  it('[CONSOLE-18] rings for an offer, and is silent from the click on', async () => {
    const stage = await consoleAt();
    const { ring, mediaLink } = workplaceOf(stage);
    stage.newest().emit('call:changed', offeredCall());
    expect(ring.get().ringing).toBe(true);
    void mediaLink.answer();
    expect(ring.get().ringing).toBe(false);
    await settle();
    // The answer did not arrive: the offer is still there, and rings.
    expect(ring.get().ringing).toBe(true);
    stage.newest().emit('call:released', { callId: offeredCall().callId, version: 9, reason: 'cancelled' });
    expect(ring.get().ringing).toBe(false);
  });
});
