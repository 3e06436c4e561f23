import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeRoom, type FakeRoom, fakeTrack } from '../../test/rig/fake-room.ts';
import type { CallMedia, MediaTarget } from './call-media.ts';
import { createCallMedia } from './create-call-media.ts';

const prepared: MediaTarget = { callId: 'call-0001', epoch: 1, flow: 'prepared' };
const open: MediaTarget = { ...prepared, flow: 'open' };

let room: FakeRoom;
let media: CallMedia;

beforeEach(() => {
  vi.useFakeTimers();
  room = createFakeRoom();
  media = createCallMedia({ signal: room.signal, devices: room.devices });
});
afterEach(() => {
  media.close();
  vi.useRealTimers();
});

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('MEDIA: joining and sending', () => {
  it('[MEDIA-1] [MEDIA-2] joins in one round trip and sends nothing until the call is open', async () => {
    const [microphone, camera] = [fakeTrack('audio'), fakeTrack('video')];
    media.setLocalTrack('microphone', microphone);
    media.setLocalTrack('camera', camera);
    media.follow(prepared);
    expect(media.state()).toEqual({ state: 'joining', epoch: 1 });
    await settle();
    expect(media.state()).toEqual({ state: 'ready', epoch: 1, flow: 'prepared' });
    expect(room.named('media:join')).toHaveLength(1);
    expect(room.named('media:produce').map(({ input }) => [input.source, input.paused])).toEqual([
      ['microphone', false],
      ['camera', false],
    ]);
    expect(room.senders.map(({ track }) => track)).toEqual([null, null]);

    media.follow(open);
    // At once: no round trip, no waiting.
    expect(room.senders.map(({ track }) => track)).toEqual([microphone, camera]);
    expect(media.state()).toMatchObject({ flow: 'open' });

    media.follow({ ...prepared, flow: 'held' });
    expect(room.senders.map(({ track }) => track)).toEqual([null, null]);
  });

  it('[MEDIA-7] the middle size of the camera is sent first and alone, the others follow', async () => {
    media.setLocalTrack('camera', fakeTrack('video'));
    media.follow(prepared);
    await settle(5_000);
    const sizes = () => room.senders[0]?.encodings.map(({ active }) => active);
    expect(sizes()).toEqual([false, true, false]);
    media.follow(open);
    await settle(300);
    expect(sizes()).toEqual([false, true, false]);
    await settle(200);
    expect(sizes()).toEqual([true, true, true]);
  });

  it('[MEDIA-1] the server hears of the connection before anything that needs it', async () => {
    media.setLocalTrack('camera', fakeTrack('video'));
    room.consumers([room.consumer('c1', 'microphone')]);
    media.follow(prepared);
    await settle();
    const names = room.requests.map(({ name }) => name);
    expect(names.indexOf('media:connect')).toBeLessThan(names.indexOf('media:produce'));
    expect(names.lastIndexOf('media:connect')).toBeLessThan(names.indexOf('media:ready-consumers'));
  });

  it('[MEDIA-1] one source does not wait for the round trip of another', async () => {
    const answer = room.hold('media:produce');
    media.setLocalTrack('microphone', fakeTrack('audio'));
    media.setLocalTrack('camera', fakeTrack('video'));
    media.follow(prepared);
    await settle();
    expect(room.named('media:produce')).toHaveLength(2);
    expect(media.state().state).toBe('joining');
    answer();
    await settle();
    expect(media.state().state).toBe('ready');
  });

  it('[MEDIA-4] a mute stops the track at once and is told; it survives joining anew', async () => {
    const microphone = fakeTrack('audio');
    media.setLocalTrack('microphone', microphone);
    media.follow(open);
    await settle();
    media.setMuted('microphone', true);
    expect(room.senders[0]?.track).toBeNull();
    await settle();
    expect(room.named('media:pause-producer')[0]?.input).toMatchObject({ producerId: 'server-microphone', epoch: 1 });

    media.follow({ ...open, epoch: 2 });
    await settle();
    expect(room.named('media:produce').at(-1)?.input).toMatchObject({ epoch: 2, paused: true });
    expect(room.senders.at(-1)?.track).toBeNull();
    media.setMuted('microphone', false);
    await settle();
    expect(room.senders.at(-1)?.track).toBe(microphone);
    expect(room.named('media:resume-producer').at(-1)?.input).toMatchObject({
      producerId: 'server-microphone',
      epoch: 2,
    });
    expect(microphone).toMatchObject({ enabled: true, stopped: false });
  });

  it('[MEDIA-17] a source comes, is replaced and goes', async () => {
    media.follow(open);
    await settle();
    const [first, second] = [fakeTrack('video'), fakeTrack('video')];
    media.setLocalTrack('camera', first);
    await settle();
    media.setLocalTrack('camera', second);
    await settle();
    expect(room.senders).toHaveLength(1);
    expect(room.senders[0]?.track).toBe(second);
    expect(room.named('media:produce')).toHaveLength(1);

    media.setLocalTrack('camera', null);
    await settle();
    expect(room.named('media:close-producer')[0]?.input).toMatchObject({ producerId: 'server-camera' });
    expect([first, second]).toMatchObject([{ stopped: false }, { stopped: false }]);

    media.setLocalTrack('camera', first);
    await settle();
    expect(room.named('media:produce')).toHaveLength(2);
  });

  it('[MEDIA-15] a source that the server refuses costs that source only', async () => {
    room.refuse('media:produce', 'media-rejected');
    media.setLocalTrack('microphone', fakeTrack('audio'));
    media.setLocalTrack('camera', fakeTrack('video'));
    media.follow(open);
    await settle();
    expect(media.state().state).toBe('ready');
    expect(room.named('media:join')).toHaveLength(1);
    // Another track is another try.
    media.setLocalTrack('microphone', fakeTrack('audio'));
    await settle();
    expect(room.named('media:produce').map(({ input }) => input.source)).toEqual([
      'microphone',
      'camera',
      'microphone',
    ]);
  });
});

describe('MEDIA: receiving', () => {
  it('[MEDIA-14] what is told while the join is under way is not lost, and nothing is received twice', async () => {
    room.consumers([room.consumer('c1', 'microphone')]);
    const answer = room.hold('media:join');
    media.follow(prepared);
    await settle();
    const inRoom = { callId: 'call-0001', epoch: 1 };
    room.tell('media:consumer-added', { ...inRoom, consumer: room.consumer('c1', 'microphone') });
    room.tell('media:consumer-added', { ...inRoom, consumer: room.consumer('c2', 'camera') });
    room.tell('media:consumer-paused', { ...inRoom, consumerId: 'c2' });
    room.tell('media:consumer-added', { ...inRoom, epoch: 7, consumer: room.consumer('c9', 'camera') });
    answer();
    await settle();
    expect(media.remote()).toMatchObject({ microphone: { muted: false }, camera: { muted: true }, screen: null });
    expect(room.named('media:ready-consumers').flatMap(({ input }) => input.consumerIds)).toEqual(['c1', 'c2']);
  });

  it('[MEDIA-4] a remote mute changes the mute, not the track; what is removed is gone', async () => {
    room.consumers([room.consumer('c1', 'microphone'), room.consumer('c2', 'camera', true)]);
    media.follow(open);
    await settle();
    const before = media.remote();
    expect(before.camera?.muted).toBe(true);
    room.tell('media:consumer-resumed', { callId: 'call-0001', epoch: 1, consumerId: 'c2' });
    expect(media.remote().camera).toEqual({ track: before.camera?.track, muted: false });
    room.tell('media:consumer-removed', { callId: 'call-0001', epoch: 1, consumerId: 'c2' });
    expect(media.remote().camera).toBeNull();
    expect(media.remote().microphone?.track).toBe(before.microphone?.track);
  });

  it('[MEDIA-2] reports once per epoch, when the first frame has arrived', async () => {
    room.consumers([room.consumer('c1', 'microphone'), room.consumer('c2', 'camera')]);
    media.follow(prepared);
    await settle(5_000);
    media.follow(open);
    await settle(5_000);
    expect(room.named('media:report-flowing')).toHaveLength(0);
    room.arrive();
    await settle(100);
    expect(room.named('media:report-flowing')).toHaveLength(1);
    media.follow({ ...open, flow: 'held' });
    media.follow(open);
    await settle(5_000);
    expect(room.named('media:report-flowing')).toHaveLength(1);
    media.follow({ ...open, epoch: 2 });
    await settle(5_000);
    expect(room.named('media:report-flowing').map(({ input }) => input.epoch)).toEqual([1, 2]);
  });

  it('[MEDIA-2] reports after two seconds when there is nothing to expect', async () => {
    room.consumers([room.consumer('c1', 'camera', true)]);
    media.follow(open);
    await settle(1_900);
    expect(room.named('media:report-flowing')).toHaveLength(0);
    await settle(200);
    expect(room.named('media:report-flowing')).toHaveLength(1);
  });

  it('[MEDIA-2] a report that gets lost is repeated', async () => {
    room.refuse('media:report-flowing', 'unreachable', 'unreachable');
    media.follow(open);
    await settle(10_000);
    expect(room.named('media:report-flowing')).toHaveLength(3);
  });
});

describe('MEDIA: following, failing and mending', () => {
  it('[MEDIA-10] following another room, or closing, while a join is under way leaves nothing behind', async () => {
    const answer = room.hold('media:join');
    media.follow(prepared);
    await settle();
    media.follow({ ...prepared, epoch: 2 });
    await settle();
    answer();
    await settle();
    expect(room.named('media:join').map(({ input }) => input.epoch)).toEqual([1, 2]);
    // Only the second join got transports.
    expect(room.handlers).toHaveLength(2);
    media.close();
    expect(room.handlers.every(({ closedByUs }) => closedByUs)).toBe(true);
    expect(room.listenerCount()).toBe(0);
    media.follow(open);
    media.setLocalTrack('camera', fakeTrack('video'));
    await settle(10_000);
    expect(room.named('media:join')).toHaveLength(2);
    expect(media.state()).toEqual({ state: 'idle' });
  });

  it('[MEDIA-9] [MEDIA-16] following nothing leaves; an older view changes nothing', async () => {
    media.follow({ ...prepared, epoch: 3 });
    await settle();
    media.follow({ ...open, epoch: 2 });
    await settle();
    expect(media.state()).toEqual({ state: 'ready', epoch: 3, flow: 'prepared' });
    media.follow(null);
    expect(media.state()).toEqual({ state: 'idle' });
    expect(media.remote()).toEqual({ microphone: null, camera: null, screen: null });
    // Another call starts at its own epoch.
    media.follow({ ...prepared, callId: 'call-0002' });
    await settle();
    expect(media.state()).toMatchObject({ state: 'ready', epoch: 1 });
  });

  it('[MEDIA-11] after media-stale nothing is tried until the next view', async () => {
    room.refuse('media:join', 'media-stale', 'media-stale');
    media.follow(prepared);
    await settle(60_000);
    expect(room.named('media:join')).toHaveLength(1);
    media.follow(prepared);
    await settle(60_000);
    expect(room.named('media:join')).toHaveLength(2);
    media.follow({ ...prepared, epoch: 2 });
    await settle();
    expect(media.state()).toMatchObject({ state: 'ready', epoch: 2 });
  });

  it('[MEDIA-12] what may pass is tried again after growing pauses, and is given up in the end', async () => {
    room.refuse('media:join', ...Array(8).fill('media-unavailable'));
    media.follow(prepared);
    await settle(100);
    const early = room.named('media:join').length;
    expect(early).toBe(1);
    await settle(60_000);
    expect(room.named('media:join')).toHaveLength(8);
    expect(media.state()).toEqual({ state: 'failed', epoch: 1, code: 'media-unavailable' });
    media.retry();
    expect(media.state().state).toBe('joining');
    await settle();
    expect(media.state().state).toBe('ready');
  });

  it('[MEDIA-12] a refusal that cannot pass is final; being cut off never is', async () => {
    room.refuse('media:join', 'not-found');
    media.follow(prepared);
    await settle(60_000);
    expect(room.named('media:join')).toHaveLength(1);
    expect(media.state()).toEqual({ state: 'failed', epoch: 1, code: 'not-found' });

    room.refuse('media:join', ...Array(50).fill('unreachable'));
    media.follow({ ...prepared, epoch: 2 });
    await settle(60_000);
    expect(media.state()).toMatchObject({ state: 'ready', epoch: 2 });
  });

  it('[MEDIA-12] capabilities are loaded once, and again after they were refused', async () => {
    media.follow(prepared);
    await settle();
    media.follow({ ...prepared, epoch: 2 });
    await settle();
    expect(room.named('media:capabilities')).toHaveLength(1);
    room.refuse('media:join', 'media-rejected');
    media.follow({ ...prepared, epoch: 3 });
    await settle();
    media.retry();
    await settle();
    expect(room.named('media:capabilities')).toHaveLength(2);
    expect(media.state().state).toBe('ready');
  });

  it('[MEDIA-13] a path that is down is restarted, and everything is as before', async () => {
    room.consumers([room.consumer('c1', 'camera')]);
    media.setLocalTrack('camera', fakeTrack('video'));
    media.follow(open);
    await settle();
    room.connection('connected');
    const { camera } = media.remote();
    room.connection('disconnected');
    expect(media.state().state).toBe('recovering');
    await settle();
    expect(room.named('media:restart-ice')).toHaveLength(2);
    room.connection('connected');
    await settle();
    expect(media.state()).toEqual({ state: 'ready', epoch: 1, flow: 'open' });
    expect(media.remote().camera).toEqual(camera);
    expect(room.named('media:join')).toHaveLength(1);
  });

  it('[MEDIA-13] when restarting does not help, the room is joined anew with new transports', async () => {
    room.consumers([room.consumer('c1', 'camera')]);
    media.setLocalTrack('camera', fakeTrack('video'));
    media.follow(open);
    await settle();
    room.connection('connected');
    room.connection('failed');
    await settle(20_000);
    expect(room.named('media:join')).toHaveLength(2);
    expect(media.state()).toMatchObject({ state: 'ready', flow: 'open' });
    expect(room.handlers.filter(({ closedByUs }) => !closedByUs)).toHaveLength(2);
    expect(room.named('media:produce')).toHaveLength(2);
  });

  it('[MEDIA-13] while signalling is away too, restarting goes on until it is back', async () => {
    room.consumers([room.consumer('c1', 'camera')]);
    media.follow(open);
    await settle();
    room.connection('connected');
    room.refuse('media:restart-ice', ...Array(5).fill('unreachable'));
    room.connection('disconnected');
    await settle(60_000);
    expect(room.named('media:restart-ice').length).toBeGreaterThan(5);
  });

  it('[MEDIA-13] a path that is down because the room is gone waits for the next view', async () => {
    room.consumers([room.consumer('c1', 'camera')]);
    media.follow(open);
    await settle();
    room.connection('connected');
    room.refuse('media:restart-ice', 'media-stale');
    room.connection('disconnected');
    await settle(30_000);
    expect(media.state().state).toBe('recovering');
    expect(room.named('media:join')).toHaveLength(1);
    media.follow({ ...open, epoch: 2 });
    await settle();
    expect(media.state()).toMatchObject({ state: 'ready', epoch: 2 });
  });

  it('[MEDIA-5] subscribers hear of every change, and no more after the end', async () => {
    const states: string[] = [];
    const end = media.subscribe(() => states.push(media.state().state));
    media.follow(prepared);
    await settle();
    media.follow({ ...prepared, epoch: 2 });
    await settle();
    end();
    media.follow(null);
    expect(states).toEqual(['joining', 'ready', 'joining', 'ready']);
  });
});
