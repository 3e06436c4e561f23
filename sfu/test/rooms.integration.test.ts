import { CallId, PeerId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { boundMs } from './rig/bound.ts';
import { eventually } from './rig/eventually.ts';
import { agent, call, kiosk, startLinked } from './rig/linked.ts';
import { capabilities, fingerprint, parametersOf } from './rig/rtp.ts';

describe('ROOM: rooms and peers over real workers', () => {
  it('[ROOM-1] opening is idempotent, a higher epoch replaces the room, a lower one is stale', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const joined = await sfu.join(kiosk);
    expect(await sfu.ask('room:open', { callId: call, epoch: 1, flow: 'held' })).toEqual({
      callId: call,
      epoch: 1,
      flow: 'held',
    });
    // Still the same room: the peer is in it.
    await sfu.produce(kiosk, joined, 'microphone');

    await sfu.open('open', 3);
    expect(
      await sfu.refusal('transport:restart-ice', {
        callId: call,
        epoch: 3,
        peerId: kiosk,
        transportId: joined.send.id,
      }),
    ).toBe('not-found');
    expect(await sfu.refusal('room:open', { callId: call, epoch: 2, flow: 'open' })).toBe('media-stale');
    expect(sfu.sfu.state().rooms).toBe(1);
  });

  it('[ROOM-2] a request for another epoch, or for no room, is stale', async () => {
    await using sfu = await startLinked();
    const join = { callId: call, peerId: kiosk, rtpCapabilities: capabilities() };
    expect(await sfu.refusal('peer:join', { ...join, epoch: 1 })).toBe('media-stale');
    await sfu.open('prepared', 2);
    expect(await sfu.refusal('peer:join', { ...join, epoch: 1 })).toBe('media-stale');
    expect(await sfu.refusal('peer:join', { ...join, epoch: 3 })).toBe('media-stale');
    expect(await sfu.refusal('room:set-flow', { callId: call, epoch: 1, flow: 'open' })).toBe('media-stale');
    expect(await sfu.refusal('peer:join', { ...join, epoch: 2 })).toBe('granted');
  });

  it('[ROOM-3] the answer to a join has transports on one UDP and one TCP port, and all that others send', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const first = await sfu.join(kiosk);
    expect(first.consumers).toEqual([]);
    expect(first.send.iceCandidates.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
    expect(first.send.iceCandidates.map(({ port }) => port)).toEqual(
      first.receive.iceCandidates.map(({ port }) => port),
    );
    await sfu.produce(kiosk, first, 'microphone');
    await sfu.produce(kiosk, first, 'camera');

    const second = await sfu.join(agent);
    expect(second.consumers.map(({ source, kind, producerPaused }) => ({ source, kind, producerPaused }))).toEqual([
      { source: 'microphone', kind: 'audio', producerPaused: false },
      { source: 'camera', kind: 'video', producerPaused: false },
    ]);
    // In the answer, so not told again.
    expect(sfu.toldTo(agent)).toEqual([]);
  });

  it('[ROOM-3] what is produced while a peer joins reaches it exactly once', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const first = await sfu.join(kiosk);
    const [second] = await Promise.all([
      sfu.join(agent),
      sfu.produce(kiosk, first, 'microphone'),
      sfu.produce(kiosk, first, 'camera'),
    ]);
    await eventually(() => {
      const added = sfu
        .toldTo(agent)
        .flatMap(({ payload }) => (payload as { consumer: { source: string } }).consumer.source);
      const all = [...second.consumers.map(({ source }) => source), ...added].sort();
      return (all.length === 2 && all[0] === 'camera' && all[1] === 'microphone') || `reached: ${all}`;
    });
  });

  it('[ROOM-4] others get a consumer for a new track at once, and hear when it ends', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const [first] = await Promise.all([sfu.join(kiosk), sfu.join(agent)]);
    const { producerId } = await sfu.produce(kiosk, first, 'screen');
    const added = await sfu.awaitTold(agent, 'media:consumer-added');
    expect(added).toMatchObject({ callId: call, epoch: 1, consumer: { source: 'screen', producerId } });

    await sfu.ask('producer:close', { callId: call, epoch: 1, peerId: kiosk, producerId });
    const removed = await sfu.awaitTold(agent, 'media:consumer-removed');
    expect(removed).toEqual({ callId: call, epoch: 1, consumerId: (added.consumer as { id: string }).id });
    expect(sfu.toldTo(kiosk)).toEqual([]);
  });

  it('[ROOM-6] a mute is told, the flow of the room is not', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const first = await sfu.join(kiosk);
    const { producerId } = await sfu.produce(kiosk, first, 'microphone');
    await sfu.join(agent);
    const asKiosk = { callId: call, epoch: 1, peerId: kiosk, producerId };

    await sfu.ask('room:set-flow', { callId: call, epoch: 1, flow: 'open' });
    await sfu.ask('room:set-flow', { callId: call, epoch: 1, flow: 'held' });
    await sfu.ask('producer:pause', asKiosk);
    await sfu.awaitTold(agent, 'media:consumer-paused');
    await sfu.ask('producer:resume', asKiosk);
    await sfu.awaitTold(agent, 'media:consumer-resumed');
    expect(sfu.toldTo(agent).map(({ name }) => name)).toEqual(['media:consumer-paused', 'media:consumer-resumed']);

    await sfu.ask('producer:pause', asKiosk);
    expect((await sfu.join(agent)).consumers[0]?.producerPaused).toBe(true);
  });

  it('[ROOM-7] joining anew closes the earlier transports, and others hear that the tracks are gone', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    await sfu.join(agent);
    const first = await sfu.join(kiosk);
    await sfu.produce(kiosk, first, 'microphone');
    await sfu.awaitTold(agent, 'media:consumer-added');

    const second = await sfu.join(kiosk);
    await sfu.awaitTold(agent, 'media:consumer-removed');
    const restart = { callId: call, epoch: 1, peerId: kiosk };
    expect(await sfu.refusal('transport:restart-ice', { ...restart, transportId: first.send.id })).toBe('not-found');
    expect(await sfu.refusal('transport:restart-ice', { ...restart, transportId: second.send.id })).toBe('granted');
  });

  it('[ROOM-7] of two joins of one peer at once, only the later one stays', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const joins = await Promise.allSettled([sfu.join(kiosk), sfu.join(kiosk), sfu.join(kiosk)]);
    expect(joins.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('[ROOM-10] leaving and closing are idempotent and leave nothing behind', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const [first] = await Promise.all([sfu.join(kiosk), sfu.join(agent)]);
    await sfu.produce(kiosk, first, 'microphone');
    await sfu.awaitTold(agent, 'media:consumer-added');
    for (let times = 0; times < 2; times += 1) await sfu.ask('peer:leave', { callId: call, peerId: kiosk });
    await sfu.awaitTold(agent, 'media:consumer-removed');
    for (let times = 0; times < 2; times += 1) await sfu.ask('room:close', { callId: call });
    await sfu.ask('peer:leave', { callId: call, peerId: kiosk });
    expect(sfu.sfu.state()).toMatchObject({ rooms: 0, workers: [{ rooms: 0 }] });
  });

  it('[ROOM-5] the media server says nothing against confirming before and after opening, or twice, or what is gone', async () => {
    await using sfu = await startLinked();
    await sfu.open('prepared');
    const first = await sfu.join(kiosk);
    await sfu.produce(kiosk, first, 'microphone');
    const { producerId } = await sfu.produce(kiosk, first, 'camera');
    const { consumers } = await sfu.join(agent);
    const ids = consumers.map(({ id }) => id);
    await sfu.confirm(agent, ids.slice(0, 1));
    await sfu.ask('room:set-flow', { callId: call, epoch: 1, flow: 'open' });
    await sfu.confirm(agent, ids);
    await sfu.ask('producer:close', { callId: call, epoch: 1, peerId: kiosk, producerId });
    await sfu.confirm(agent, ids);
  });

  it('[POOL-1] rooms spread over the workers', async () => {
    await using sfu = await startLinked({ workers: 2 });
    const calls = ['call-a', 'call-b', 'call-c', 'call-d'].map((id) => CallId.parse(id));
    await Promise.all(calls.map((callId) => sfu.ask('room:open', { callId, epoch: 1, flow: 'prepared' })));
    expect(sfu.sfu.state().workers.map(({ rooms }) => rooms)).toEqual([2, 2]);
  });

  it('[ROOM-9] [POOL-2] the room of a dead worker is open again under the next epoch, on the one that lives', async () => {
    await using sfu = await startLinked({ workers: 2 });
    await sfu.open('open', 4);
    const holder = sfu.sfu.state().workers.find(({ rooms }) => rooms === 1);
    const killedAt = performance.now();
    process.kill(holder?.pid ?? 0, 'SIGKILL');
    await eventually(() => {
      const rebuilt = sfu.link.told.find(({ name }) => name === 'room:rebuilt');
      return rebuilt?.payload ?? 'signalling has not been told';
    });
    const took = performance.now() - killedAt;
    expect(sfu.link.told.find(({ name }) => name === 'room:rebuilt')?.payload).toEqual({
      callId: call,
      epoch: 5,
      flow: 'open',
    });
    expect(took).toBeLessThan(boundMs(500));
    expect(
      await sfu.refusal('peer:join', { callId: call, epoch: 4, peerId: kiosk, rtpCapabilities: capabilities() }),
    ).toBe('media-stale');
    await sfu.join(kiosk, 5);
  });

  it('[ROOM-9] [POOL-3] a room whose workers keep dying is lost, and no new ones are opened', async () => {
    await using sfu = await startLinked();
    await sfu.open('open');
    for (let death = 1; death <= 4; death += 1) {
      await sfu.killWorkers();
      await eventually(() => {
        const told = sfu.link.told.filter(({ name }) => name === 'room:rebuilt' || name === 'room:lost');
        return told.length === death || `${told.length} deaths told of ${death}`;
      });
    }
    expect(sfu.link.told.at(-1)).toEqual({ name: 'room:lost', payload: { callId: call, epoch: 4 } });
    expect(sfu.sfu.state()).toMatchObject({ health: 'unhealthy', rooms: 0 });
    expect(await sfu.refusal('room:open', { callId: call, epoch: 5, flow: 'open' })).toBe('media-unavailable');
  });

  it('[POOL-5] what is pending on a worker that dies is refused, and nothing goes uncaught', async () => {
    await using sfu = await startLinked();
    const uncaught: unknown[] = [];
    const note = (error: unknown) => uncaught.push(error);
    process.on('unhandledRejection', note);
    await sfu.open('prepared');
    const joined = await sfu.join(kiosk);
    const [worker] = sfu.sfu.state().workers;
    // Stopped, so that the requests are surely pending when it is killed.
    process.kill(worker?.pid ?? 0, 'SIGSTOP');
    const asked = [
      sfu.refusal('peer:join', { callId: call, epoch: 1, peerId: agent, rtpCapabilities: capabilities() }),
      sfu.refusal('producer:open', {
        callId: call,
        epoch: 1,
        peerId: kiosk,
        transportId: joined.send.id,
        paused: false,
        ...parametersOf('camera'),
      }),
      sfu.refusal('transport:connect', {
        callId: call,
        epoch: 1,
        peerId: kiosk,
        transportId: joined.send.id,
        dtlsParameters: fingerprint,
      }),
      sfu.refusal('room:open', { callId: CallId.parse('call-0002'), epoch: 1, flow: 'prepared' }),
    ];
    // A registration round trip later the requests have reached the worker's channel.
    await sfu.ask('peer:leave', { callId: call, peerId: PeerId.parse('nobody') });
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    // The last one had no worker of its own yet and gets the new one.
    expect(await Promise.all(asked)).toEqual(['media-stale', 'media-stale', 'media-stale', 'granted']);
    expect(uncaught).toEqual([]);
    process.off('unhandledRejection', note);
  });
});
