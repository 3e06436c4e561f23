import { describe, expect, it } from 'vitest';
import { createScene, kioskId, openRoom, sfuId } from '../../test/desk-scene.ts';

const k1 = kioskId('k1');
const sfu1 = sfuId('sfu-1');
const sfu2 = sfuId('sfu-2');

async function connecting() {
  const scene = await createScene();
  const { desk, media } = scene;
  const agent = await scene.onDuty('a1');
  const call = await scene.request('k1');
  await openRoom(desk, media, call);
  await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call });
  const flows = (side: 'kiosk' | 'agent') =>
    desk.execute<'media-flowing'>({ type: 'media-flowing', callId: call, side, epoch: desk.roomOf(call)?.epoch ?? 0 });
  return { ...scene, agent, call, flows };
}

describe('prepared rooms', () => {
  it('[DESK-24] the first calls in the queue have a room, and the next one when it comes near', async () => {
    const { desk, media, request } = await createScene();
    const calls = [];
    for (let index = 1; index <= 10; index += 1) calls.push(await request(`k${index}`));
    const asked = () => media.all('openRoom').map(([{ callId }]) => callId);
    expect(asked()).toEqual(calls.slice(0, 8));
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: calls[3] ?? expect.unreachable() });
    expect(asked()).toEqual(calls.slice(0, 9));
    expect(media.all('openRoom').every(([{ flow, epoch }]) => flow === 'prepared' && epoch === 1)).toBe(true);
  });

  it('[DESK-24] both sides see the room before the call is answered', async () => {
    const { desk, media, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    expect(desk.roomOf(call)).toBeUndefined();
    await openRoom(desk, media, call);
    expect(desk.roomOf(call)).toEqual({ sfuId: sfu1, epoch: 1 });
    expect(desk.kioskCall(k1)).toMatchObject({ media: { epoch: 1 } });
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'offered', media: { epoch: 1 } });
  });

  it('[DESK-24] a room that opens for a call that is over is closed', async () => {
    const { desk, media, request } = await createScene();
    const call = await request('k1');
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    await openRoom(desk, media, call);
    expect(media.all('closeRoom')).toEqual([[{ callId: call, sfuId: sfu1 }]]);
  });
});

describe('connecting', () => {
  it('[DESK-25] is over when media flows on both sides', async () => {
    const { desk, timers, flows } = await connecting();
    await flows('agent');
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'connecting' });
    await flows('kiosk');
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'active' });
    await timers.advance(15_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'active' });
  });

  it('[DESK-25] without a word from both the call is at the head, and the agent away', async () => {
    const { desk, media, timers, outlet, agent, call } = await connecting();
    await timers.advance(15_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', returned: true, position: 1, media: null });
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'away', reason: 'media-failed' });
    expect(outlet.all('callReleased').at(-1)?.[1].reason).toBe('media-failed');
    expect(media.all('openRoom').at(-1)).toEqual([{ callId: call, epoch: 2, flow: 'prepared' }]);
  });

  it('[DESK-25] an agent who sees the resident is not to blame and stays available', async () => {
    const { desk, timers, agent, call, flows } = await connecting();
    await flows('agent');
    await timers.advance(15_000);
    expect(desk.isOfferedTo(call, agent)).toBe(true);
  });

  it('[DESK-25] an absent kiosk is to blame; its call waits for it', async () => {
    const { desk, timers, agent } = await connecting();
    await desk.execute<'kiosk-absent'>({ type: 'kiosk-absent', kioskId: k1 });
    await timers.advance(15_000);
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'available' });
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', returned: true });
  });

  it('[DESK-25] the third failure ends the call, whoever was to blame', async () => {
    const { desk, timers, media, agent, call, flows } = await connecting();
    for (let failure = 1; failure < 3; failure += 1) {
      await flows('agent');
      await timers.advance(15_000);
      await openRoom(desk, media, call);
      await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call });
    }
    await flows('agent');
    await timers.advance(15_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'closed', reason: 'could-not-connect' });
    expect(desk.agentDesk(agent)).toMatchObject({ agent: { availability: { state: 'available' } }, call: null });
  });
});

describe('rooms that are lost', () => {
  it('[DESK-26] a room that worked is asked for at once under the next epoch', async () => {
    const { desk, media, call } = await connecting();
    await desk.execute<'room-lost'>({ type: 'room-lost', callId: call, epoch: 1 });
    expect(media.all('openRoom').at(-1)).toEqual([{ callId: call, epoch: 2, flow: 'open' }]);
    await openRoom(desk, media, call);
    expect(media.all('setFlow').at(-1)).toEqual([{ callId: call, sfuId: sfu1, epoch: 2, flow: 'open' }]);
  });

  it('[DESK-26] one that could not be opened, after a pause', async () => {
    const { desk, media, timers, request } = await createScene();
    const call = await request('k1');
    await desk.execute<'room-lost'>({ type: 'room-lost', callId: call, epoch: 1 });
    expect(media.all('openRoom')).toHaveLength(1);
    await timers.advance(5_000);
    expect(media.all('openRoom').at(-1)).toEqual([{ callId: call, epoch: 2, flow: 'prepared' }]);
  });

  it('[DESK-26] a room that was rebuilt keeps the call and shows the new epoch', async () => {
    const { desk, media, outlet, call, flows } = await connecting();
    await flows('agent');
    await flows('kiosk');
    media.clear();
    await desk.execute<'room-opened'>({ type: 'room-opened', callId: call, sfuId: sfu1, epoch: 2 });
    expect(outlet.all('kioskCallChanged').at(-1)?.[1]).toMatchObject({ state: 'active', media: { epoch: 2 } });
    expect(media.all('setFlow')).toEqual([[{ callId: call, sfuId: sfu1, epoch: 2, flow: 'open' }]]);
  });

  it('[DESK-27] when a media server leaves, its rooms and those on their way are opened anew', async () => {
    const { desk, media, call, request } = await connecting();
    const waiting = await request('k2');
    await desk.execute<'media-server-left'>({ type: 'media-server-left', sfuId: sfu1 });
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'connecting', media: null });
    expect(media.all('openRoom').slice(-2)).toEqual([
      [{ callId: call, epoch: 2, flow: 'open' }],
      [{ callId: waiting, epoch: 2, flow: 'prepared' }],
    ]);
  });

  it('[DESK-28] a media server that joins keeps the rooms of live calls and closes the others', async () => {
    const { desk, media, call, agent } = await connecting();
    media.clear();
    const join = (epoch: number) =>
      desk.execute<'media-server-joined'>({
        type: 'media-server-joined',
        sfuId: sfu1,
        rooms: [
          { callId: call, epoch },
          { callId: 'call-99' as never, epoch: 1 },
        ],
      });
    expect(await join(1)).toEqual({ close: ['call-99'] });
    expect(media.told).toEqual([{ name: 'setFlow', args: [{ callId: call, sfuId: sfu1, epoch: 1, flow: 'open' }] }]);
    // It was rebuilt while the link was down.
    await join(2);
    expect(desk.agentDesk(agent).call).toMatchObject({ media: { epoch: 2 } });
  });

  it('[DESK-28] rooms that it no longer has are opened anew', async () => {
    const { desk, media, call } = await connecting();
    await desk.execute<'media-server-joined'>({ type: 'media-server-joined', sfuId: sfu1, rooms: [] });
    expect(media.all('openRoom').at(-1)).toEqual([{ callId: call, epoch: 2, flow: 'open' }]);
  });

  it('[DESK-28] a room that another server holds as well is closed', async () => {
    const { desk, call } = await connecting();
    const rooms = [{ callId: call, epoch: 1 }];
    const joined = desk.execute<'media-server-joined'>({ type: 'media-server-joined', sfuId: sfu2, rooms });
    expect(await joined).toEqual({ close: [call] });
    expect(desk.roomOf(call)).toEqual({ sfuId: sfu1, epoch: 1 });
  });

  it('[DESK-29] rooms of a media server that does not come back after a restart are opened anew', async () => {
    const { restart, call } = await connecting();
    const { desk, media, timers } = await restart();
    expect(desk.roomOf(call)).toEqual({ sfuId: sfu1, epoch: 1 });
    await desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: k1 });
    await timers.advance(10_000);
    expect(desk.roomOf(call)).toBeUndefined();
    expect(media.all('openRoom').at(-1)).toEqual([expect.objectContaining({ callId: call, epoch: 2 })]);
  });

  it('[DESK-29] those of one that comes back stay', async () => {
    const { restart, call } = await connecting();
    const { desk, media, timers } = await restart();
    const rooms = [{ callId: call, epoch: 1 }];
    await desk.execute<'media-server-joined'>({ type: 'media-server-joined', sfuId: sfu1, rooms });
    await timers.advance(10_000);
    expect(media.all('openRoom')).toEqual([]);
    expect(desk.roomOf(call)).toEqual({ sfuId: sfu1, epoch: 1 });
  });
});
