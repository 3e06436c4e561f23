import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallId } from '@bangban/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../src/adapters/pino-log.ts';
import { systemClock, systemTimers } from '../src/adapters/system-clock.ts';
import { readSfuConfig } from '../src/config.ts';
import { startSfu } from '../src/index.ts';
import { createSfu } from '../src/sfu.ts';
import { startTestSfu } from '../src/testing.ts';
import { boundMs } from './rig/bound.ts';
import { eventually } from './rig/eventually.ts';
import { call, kiosk, startLinked } from './rig/linked.ts';
import { rigToken, startLinkRig } from './rig/signalling.ts';

describe('LINK: the media server and signalling', () => {
  it('[LINK-1] [LINK-2] registers with its rooms, and closes those that nobody needs', async () => {
    await using sfu = await startLinked();
    expect(sfu.link.registrations[0]).toEqual({ sfuId: sfu.sfu.sfuId, rooms: [] });
    const unneeded = CallId.parse('call-unneeded');
    await sfu.open('open', 2);
    await sfu.ask('room:open', { callId: unneeded, epoch: 1, flow: 'prepared' });

    const { port } = sfu.link;
    await sfu.link.close();
    await using again = await startLinkRig(port);
    again.closeAtNext.push(unneeded);
    await eventually(() => again.registrations.length === 1 || 'not registered again');
    expect(again.registrations[0]?.sfuId).toBe(sfu.sfu.sfuId);
    expect(again.registrations[0]?.rooms).toEqual([
      { callId: call, epoch: 2, flow: 'open' },
      { callId: unneeded, epoch: 1, flow: 'prepared' },
    ]);
    await eventually(() => sfu.sfu.state().rooms === 1 || `${sfu.sfu.state().rooms} rooms`);
    // The room that is needed is the same as before.
    await again.ask('room:set-flow', { callId: call, epoch: 2, flow: 'held' });
  });

  it('[LINK-3] comes back within a second of signalling, and the peers are still there', async () => {
    await using sfu = await startLinked();
    await sfu.open('open');
    const joined = await sfu.join(kiosk);
    const { port } = sfu.link;
    await sfu.link.close();
    await eventually(() => !sfu.sfu.state().linked || 'still linked');
    await using again = await startLinkRig(port);
    const backAt = performance.now();
    await eventually(() => again.registrations.length === 1 || 'not registered again');
    expect(performance.now() - backAt).toBeLessThan(boundMs(2_000));
    await again.ask('producer:open', {
      callId: call,
      epoch: 1,
      peerId: kiosk,
      transportId: joined.send.id,
      paused: false,
      ...(await import('./rig/rtp.ts')).parametersOf('microphone'),
    });
  });

  it('[LINK-5] what happened to a room while the link was away is in the registration', async () => {
    await using sfu = await startLinked();
    await sfu.open('open');
    const { port } = sfu.link;
    await sfu.link.close();
    await sfu.killWorkers();
    await using again = await startLinkRig(port);
    await eventually(() => again.registrations.length === 1 || 'not registered again');
    expect(again.registrations[0]?.rooms).toEqual([{ callId: call, epoch: 2, flow: 'open' }]);
    expect(again.told).toEqual([]);
  });

  it('[LINK-4] waits for the token that signalling makes on its first run', async () => {
    await using link = await startLinkRig();
    const dataDir = await mkdtemp(join(tmpdir(), 'bangban-sfu-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const environment = {
      DATA_DIR: dataDir,
      SIGNALLING_URL: link.url,
      MEDIA_PORT: '0',
      MEDIA_WORKERS: '1',
      LOG_LEVEL: 'silent',
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    const role = await startSfu({ env: environment, ready: () => resolve() });
    onTestFinished(() => role.close());
    expect(link.registrations).toEqual([]);

    await mkdir(join(dataDir, 'secrets'));
    await writeFile(join(dataDir, 'secrets', 'link-token'), `${rigToken}\n`);
    await promise;
    expect(link.registrations).toHaveLength(1);
  });

  it('[LINK-4] a token that is refused is tried again when there is another one, not in a hurry', async () => {
    await using link = await startLinkRig();
    const dataDir = await mkdtemp(join(tmpdir(), 'bangban-sfu-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const file = join(dataDir, 'link-token');
    await writeFile(file, 'a token of an earlier installation, long enough');
    const config = {
      ...readSfuConfig({ MEDIA_PORT: '0', MEDIA_WORKERS: '1', SIGNALLING_URL: link.url }),
      linkToken: { file },
    };
    const sfu = await createSfu({
      config,
      clock: systemClock,
      timers: systemTimers,
      log: createLog({ level: 'silent' }),
    });
    onTestFinished(() => sfu.close());
    await eventually(() => link.refusals() >= 2 || `${link.refusals()} refusals`);
    const refusedInTime = link.refusals();
    expect(refusedInTime).toBeLessThan(20);
    await writeFile(file, rigToken);
    await eventually(() => sfu.state().linked || 'not linked');
  });

  it('[LINK-6] a request that does not fit is answered, and so is one that nobody knows the room of', async () => {
    await using sfu = await startLinked();
    expect(await sfu.refusal('room:open', { callId: call, epoch: 0, flow: 'open' })).toBe('invalid-payload');
    expect(await sfu.refusal('room:set-flow', { callId: call, epoch: 1, flow: 'open' })).toBe('media-stale');
  });

  it('[POOL-6] a taken media port ends the start with a sentence and leaves nothing running', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const starting = startSfu({
      env: { MEDIA_PORT: String(port), MEDIA_WORKERS: '1', LOG_LEVEL: 'silent' },
      ready: () => {},
    });
    await expect(starting).rejects.toThrow(new RegExp(`Media port ${port} .* is taken[\\s\\S]*已被其他程序占用`));
    await expect(starting).rejects.toMatchObject({ name: 'CannotStart' });
  });

  it('[POOL-6] an address of another machine, or no worker program, is said as plainly', async () => {
    const env = { MEDIA_PORT: '0', MEDIA_WORKERS: '1', LOG_LEVEL: 'silent' };
    await expect(startSfu({ env: { ...env, MEDIA_LISTEN_ADDRESS: '192.0.2.1' }, ready: () => {} })).rejects.toThrow(
      /This machine has no address 192.0.2.1/,
    );
    await expect(
      startSfu({ env: { ...env, MEDIASOUP_WORKER_BIN: '/nowhere/worker' }, ready: () => {} }),
    ).rejects.toThrow(/worker program \/nowhere\/worker does not start/);
  });

  it('[POOL-7] closing ends every worker process', async () => {
    await using link = await startLinkRig();
    const sfu = await startTestSfu({ signallingUrl: link.url, linkToken: rigToken, workers: 2 });
    const pids = sfu.state().workers.map(({ pid }) => pid);
    await sfu.close();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    await sfu.close();
  });
});
