import { describe, expect, it } from 'vitest';
import { agentProfile, createScene, kioskId } from '../../test/desk-scene.ts';

describe('restart', () => {
  it('[DESK-36] calls, places, offers and agents are as they were', async () => {
    const scene = await createScene();
    const { onDuty, request, talk, timers } = scene;
    const busy = await onDuty('a1');
    const first = await request('k1');
    await talk(first, busy);
    await timers.advance(1_000);
    const ringing = await onDuty('a2');
    const second = await request('k2');
    for (let index = 3; index <= 5; index += 1) {
      await timers.advance(100);
      await request(`k${index}`);
    }
    const order = scene.desk.waitingList().calls.map(({ callId }) => callId);

    const after = await scene.restart();
    const { desk } = after;
    expect(desk.waitingList().calls.map(({ callId }) => callId)).toEqual(order);
    expect(desk.isOfferedTo(second, ringing)).toBe(true);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'active', agentPresent: false, media: { epoch: 1 } });
    await desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a2') });
    await desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: kioskId('k2') });
    const accepted = await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: ringing, callId: second });
    expect(accepted).toMatchObject({ state: 'connecting', kioskPresent: true });
  });

  it('[DESK-36] everybody is absent until they connect, and their time starts anew', async () => {
    const scene = await createScene();
    const agent = await scene.onDuty('a1');
    const call = await scene.request('k1');
    await scene.talk(call, agent);
    await scene.request('k2');
    const { desk, timers } = await scene.restart();
    await timers.advance(29_000);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'active' });
    expect(desk.kioskCall(kioskId('k2'))).toMatchObject({ state: 'queued' });
    await timers.advance(1_000);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'queued', returned: true });
    expect(desk.kioskCall(kioskId('k2'))).toMatchObject({ state: 'closed' });
    await timers.advance(30_000);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'closed', reason: 'connection-lost' });
  });

  it('[DESK-36] an offer whose agent does not come back expires', async () => {
    const scene = await createScene();
    const agent = await scene.onDuty('a1');
    const call = await scene.request('k1');
    const { desk, timers } = await scene.restart();
    await desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: kioskId('k1') });
    await timers.advance(20_000);
    expect(desk.isOfferedTo(call, agent)).toBe(false);
    const back = await desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a1') });
    expect(back.availability).toMatchObject({ state: 'away', reason: 'connection-lost' });
  });

  it('[DESK-36] a wrap-up goes on, and how a call ended is still known', async () => {
    const scene = await createScene();
    const agent = await scene.onDuty('a1');
    const call = await scene.request('k1');
    await scene.talk(call, agent);
    await scene.desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    const gone = await scene.request('k2');
    await scene.desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: gone });
    const { desk, timers } = await scene.restart();
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'closed', reason: 'ended' });
    expect(desk.kioskCall(kioskId('k2'))).toMatchObject({ state: 'closed', reason: 'cancelled' });
    await desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a1') });
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'wrapping-up' });
    await timers.advance(60_000);
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'available' });
  });

  it('[DESK-37] every event of a call is in its timeline, numbered by its version', async () => {
    const { desk, timers, store, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await talk(call, agent);
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call });
    await timers.advance(60_000);
    const timeline = await store.timeline(call);
    expect(timeline.map(({ type }) => type)).toEqual([
      'requested',
      'offer',
      'open-room',
      'accept',
      'room-opened',
      'media-flowing',
      'media-flowing',
      'end',
      'finish-wrap-up',
    ]);
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, index) => index + 1));
    expect(timeline.at(-2)?.facts).toEqual({ reason: 'agent-ended', state: 'wrapping-up' });
  });

  it('[DESK-38] nothing happens because somebody sets the clock', async () => {
    const { desk, clock, timers, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await request('k2');
    clock.set(clock.now() + 3_600_000);
    await timers.advance(10_000);
    expect(desk.isOfferedTo(call, agent)).toBe(true);
    clock.set(clock.now() - 7_200_000);
    const last = await request('k3');
    expect(desk.waitingList().calls.at(-1)?.callId).toBe(last);
    await timers.advance(10_000);
    expect(desk.isOfferedTo(call, agent)).toBe(false);
  });

  it('[DESK-38] a clock that was wrong is followed again when no call is there, and never backwards', async () => {
    const { desk, clock, request } = await createScene();
    const right = clock.now() + 3_600_000;
    clock.set(right);
    const call = await request('k1');
    expect(desk.kioskCall(kioskId('k1'))?.now).toBe(right);
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    clock.set(right - 3_600_000);
    await request('k2');
    expect(desk.kioskCall(kioskId('k2'))?.now).toBe(right);
  });

  it('[DESK-38] a clock that was set back while the desk was down lets nobody overtake', async () => {
    const scene = await createScene();
    const first = await scene.request('k1');
    scene.clock.set(scene.clock.now() - 3_600_000);
    const { desk, request } = await scene.restart();
    const second = await request('k2');
    expect(desk.waitingList().calls.map(({ callId }) => callId)).toEqual([first, second]);
  });
});
