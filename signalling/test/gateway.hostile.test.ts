import { Worker } from 'node:worker_threads';
import {
  CallId,
  KioskId,
  kioskRequests,
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION,
  type RequestTable,
  SfuId,
  StaffId,
  staffRequests,
} from '@bangban/protocol';
import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeDesk } from '../src/gateway/fake-desk.ts';
import { startTestSignalling, type TestSignalling, type TestSignallingOptions } from '../src/testing.ts';
import { eventually } from './world/eventually.ts';
import { hostilePayloads, malformedPackets } from './world/hostile-payloads.ts';
import { openKiosk } from './world/people.ts';
import { ask, rawSocket } from './world/raw-socket.ts';
import { kioskSamples, staffSamples } from './world/sample-requests.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: TestSignallingOptions = {}) {
  const desk = createFakeDesk();
  const callId = CallId.parse('call-1');
  desk.facts.callsOfKiosks.set(callId, KioskId.parse('kiosk-001'));
  desk.facts.offers.set(callId, StaffId.parse('staff-agent1'));
  desk.facts.rooms.set(callId, { sfuId: SfuId.parse('sfu-1'), epoch: 1 });
  const signalling = await startTestSignalling({ openDesk: async () => desk, ...options });
  closers.push(signalling.close);
  return { desk, signalling };
}

async function enter(signalling: TestSignalling, who: 'kiosk-001' | 'agent1'): Promise<Socket> {
  const auth =
    who === 'kiosk-001'
      ? { deviceToken: await signalling.deviceToken(who), installation: 'browser-hostile' }
      : { accessToken: (await signalling.signIn(who)).accessToken };
  const namespace = who === 'kiosk-001' ? '/kiosk' : '/staff';
  const { socket } = await rawSocket(signalling.url, namespace, { auth: { protocol: PROTOCOL_VERSION, ...auth } });
  closers.push(() => socket.disconnect());
  return socket;
}

function rawWebSocket(signalling: TestSignalling): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${signalling.port}/socket.io/?EIO=4&transport=websocket`);
  closers.push(() => socket.close());
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('the WebSocket was refused'));
  });
}

/**
 * By how many milliseconds a healthy kiosk's wait for an answer while `attack` goes on exceeds five times its wait before
 * it. Medians and a multiple: the machine that runs the tests is busy by itself, and attacker, server and kiosk share its
 * process here.
 */
async function delayDuring(signalling: TestSignalling, attack: () => Promise<unknown>): Promise<number> {
  const healthy = await openKiosk(signalling, 'kiosk-002');
  closers.push(healthy.close);
  const medianOf = async (times: number, goesOn: () => boolean): Promise<number> => {
    const latencies: number[] = [];
    while (latencies.length < times && goesOn()) {
      const startedAt = performance.now();
      await healthy.request('call:snapshot', {});
      latencies.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return latencies.sort((left, right) => left - right)[Math.floor(latencies.length / 2)] ?? 0;
  };
  // 20 snapshots in a burst are allowed, and one a second afterwards.
  const calm = await medianOf(6, () => true);
  let isOver = false;
  const attacking = attack().finally(() => {
    isOver = true;
  });
  const attacked = await medianOf(12, () => !isOver);
  await attacking;
  await expect(healthy.request('call:snapshot', {})).resolves.toBeNull();
  return attacked - 5 * calm;
}

describe('payloads (D2, B6)', () => {
  it.each([
    ['kiosk-001', kioskRequests as RequestTable],
    ['agent1', staffRequests as RequestTable],
  ] as const)(
    '[GATE-29] every request of %s refuses what does not fit, and nothing changes',
    async (who, table) => {
      const { desk, signalling } = await start();
      const socket = await enter(signalling, who);
      await eventually(() => (desk.commands.length > 0 ? undefined : 'not welcomed yet'));
      const before = desk.commands.length;
      for (const [name, { input }] of Object.entries(table)) {
        const misfits = hostilePayloads.filter((payload) => !input.safeParse(payload).success);
        const codes = await Promise.all(
          misfits.map(
            async (payload) => ((await ask(socket, name, payload)) as { error?: { code: string } })?.error?.code,
          ),
        );
        expect([name, codes[0]]).toEqual([name, 'invalid-payload']);
        const others = codes.filter((code) => code !== 'invalid-payload' && code !== 'rate-limited');
        expect([name, others]).toEqual([name, []]);
        // Nobody waits for an answer: then nobody gets anything done either.
        socket.emit(name, who === 'kiosk-001' ? kioskSamples[name as never] : staffSamples('x')[name as never]);
      }
      expect(desk.commands.length).toBe(before);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(socket.connected).toBe(true);
    },
    60_000,
  );

  it('[GATE-25] a desk that fails at everything is answered with incidents, and the process lives', async () => {
    const desk = createFakeDesk();
    const { signalling } = await start({ openDesk: async () => desk });
    const socket = await enter(signalling, 'agent1');
    await eventually(() => (desk.commands.length > 0 ? undefined : 'not welcomed yet'));
    const broken = () => {
      throw new TypeError('broken');
    };
    const kiosk = await enter(signalling, 'kiosk-001');
    const methods = [
      'execute',
      'kioskCall',
      'agentDesk',
      'waitingList',
      'isCallOfAgent',
      'isOfferedTo',
      'roomOf',
    ] as const;
    for (const method of methods) Object.assign(desk, { [method]: broken });
    const codes: Record<string, unknown> = {};
    for (const [name, payload] of Object.entries(staffSamples('x'))) {
      codes[name] = ((await ask(socket, name, payload)) as { error: { code: string } }).error.code;
    }
    const expected = new Set(['internal', 'forbidden', 'unauthenticated', 'media-unavailable']);
    for (const code of Object.values(codes)) expect(expected).toContain(code);
    expect(codes['offer:accept']).toBe('internal');
    expect(socket.connected).toBe(true);
    // Who comes or goes now cannot be welcomed or missed; the process lives all the same.
    kiosk.disconnect();
    const { socket: newcomer } = await rawSocket(signalling.url, '/kiosk', {
      auth: {
        protocol: PROTOCOL_VERSION,
        deviceToken: await signalling.deviceToken('kiosk-002'),
        installation: 'browser-hostile',
      },
    });
    await eventually(() => (newcomer.connected ? 'still connected' : undefined));
    expect((await fetch(`${signalling.url}/healthz`)).status).toBe(200);
  });
});

describe('packets (D1)', () => {
  it('[GATE-29] a thousand connections with malformed packets end, and a healthy client notices nothing', async () => {
    const { signalling } = await start();
    const random = fc.sample(fc.string({ unit: 'binary', maxLength: 200 }), { numRuns: 300, seed: 20_261_123 });
    const packets = [...malformedPackets, ...random, ...random.map((text) => `42/kiosk,${text}`)];
    const rssBefore = process.memoryUsage().rss;
    const delay = await delayDuring(signalling, async () => {
      for (let batch = 0; batch < 25; batch += 1) {
        const sockets = await Promise.all(Array.from({ length: 40 }, () => rawWebSocket(signalling)));
        sockets.forEach((socket, index) => {
          const packet = packets[(batch * 40 + index) % packets.length] ?? '';
          socket.send(packet as string | Uint8Array<ArrayBuffer>);
        });
        for (const socket of sockets) socket.close();
      }
    });
    expect(delay).toBeLessThan(100);
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(200_000_000);
    expect((await fetch(`${signalling.url}/healthz`)).status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  }, 60_000);

  it('[GATE-29] a connection that never names a namespace is closed within 10 s', async () => {
    const { signalling } = await start();
    const socket = await rawWebSocket(signalling);
    const startedAt = performance.now();
    await new Promise<void>((resolve) => {
      socket.onclose = () => resolve();
    });
    expect(performance.now() - startedAt).toBeLessThan(11_000);
  }, 20_000);
});

describe('floods (D3, D4)', () => {
  it('[GATE-26] a client that sends 5,000 events a second is told so and gone; others notice nothing', async () => {
    const { desk, signalling } = await start();
    const deviceToken = await signalling.deviceToken('kiosk-001');
    const auth = { protocol: PROTOCOL_VERSION, deviceToken, installation: 'browser-hostile' };
    const heard: unknown[] = [];
    const delay = await delayDuring(signalling, async () => {
      const flooder = new Worker(new URL('./world/flooder.ts', import.meta.url), {
        workerData: { url: signalling.url, auth },
      });
      closers.push(() => flooder.terminate());
      flooder.on('message', (message) => heard.push(message));
      await eventually(() => (heard.includes('disconnected') ? undefined : 'the flooding client is still there'));
    });
    expect(heard).toEqual([{ reason: 'flooding' }, 'disconnected']);
    await eventually(() => (desk.commands.some(({ type }) => type === 'kiosk-absent') ? undefined : 'not absent'));
    expect(delay).toBeLessThan(100);
  }, 60_000);

  it('[GATE-28] connections are limited per address, and a place that is left is free again', async () => {
    const { signalling } = await start({ env: { MAX_CONNECTIONS_PER_SOURCE: '3' } });
    const sockets = await Promise.all(Array.from({ length: 3 }, () => rawWebSocket(signalling)));
    await expect(rawWebSocket(signalling)).rejects.toThrow(/refused/);
    expect((await fetch(`${signalling.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(403);
    sockets[0]?.close();
    await eventually(() =>
      rawWebSocket(signalling).then(
        () => undefined,
        () => 'still full',
      ),
    );
  });
});

describe('sizes (D5)', () => {
  it.each([1, 1_000_000])('[GATE-28] a message that is %i bytes too large ends its connection', async (excess) => {
    const { signalling } = await start();
    const socket = await enter(signalling, 'kiosk-001');
    socket.emit('call:snapshot', 'x'.repeat(MAX_MESSAGE_BYTES + excess), () => undefined);
    await eventually(() => (socket.connected ? 'still connected' : undefined));
  });

  it('[GATE-28] compression is not offered, so that there is no compressed bomb', async () => {
    const { signalling } = await start();
    const socket = await rawWebSocket(signalling);
    expect(socket.extensions).toBe('');
  });

  it('[HTTP-3] a body that is far too large is refused before it is read', async () => {
    const { signalling } = await start();
    const body = `{"userName":"${'x'.repeat(5_000_000)}"}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${signalling.url}/api/v1/auth/sign-in`, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 'closed',
    );
    expect([400, 'closed']).toContain(answer);
  });
});
