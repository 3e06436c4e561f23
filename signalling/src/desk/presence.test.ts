import { describe, expect, it } from 'vitest';
import { agentProfile, createScene, kioskId } from '../../test/desk-scene.ts';

const k1 = kioskId('k1');

async function waiting() {
  const scene = await createScene();
  const { desk } = scene;
  return {
    ...scene,
    kioskLeaves: () => desk.execute<'kiosk-absent'>({ type: 'kiosk-absent', kioskId: k1 }),
    kioskReturns: () => desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: k1 }),
    agentLeaves: () => desk.execute<'agent-absent'>({ type: 'agent-absent', staffId: agentProfile('a1').staffId }),
    agentReturns: () => desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a1') }),
  };
}

async function talking() {
  const scene = await waiting();
  const agent = await scene.onDuty('a1');
  const call = await scene.request('k1');
  await scene.talk(call, agent);
  return { ...scene, agent, call };
}

describe('kiosks', () => {
  it('[DESK-19] a waiting call keeps its place without its kiosk and is passed over', async () => {
    const { desk, timers, onDuty, request, kioskLeaves, kioskReturns } = await waiting();
    const call = await request('k1');
    await timers.advance(1_000);
    const later = await request('k2');
    await kioskLeaves();
    const agent = await onDuty('a1');
    expect(desk.isOfferedTo(later, agent)).toBe(true);
    expect(desk.waitingList().calls[0]).toMatchObject({ callId: call, kioskPresent: false, position: 1 });
    const other = await onDuty('a2');
    expect(desk.agentDesk(other).call).toBeNull();
    await timers.advance(15_000);
    await kioskReturns();
    expect(desk.isOfferedTo(call, other)).toBe(true);
  });

  it('[DESK-19] after 30 s it is closed', async () => {
    const { desk, timers, request, kioskLeaves } = await waiting();
    await request('k1');
    await kioskLeaves();
    await timers.advance(30_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'closed', reason: 'connection-lost' });
    expect(desk.waitingList().calls).toEqual([]);
  });

  it('[DESK-19] the agent for whom it rang is idle again as before', async () => {
    const { desk, timers, outlet, onDuty, request, kioskLeaves } = await waiting();
    const agent = await onDuty('a1');
    await timers.advance(1_000);
    await onDuty('a2');
    const call = await request('k1');
    await timers.advance(1_000);
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    expect(outlet.all('callReleased')).toEqual([[agent, expect.objectContaining({ reason: 'cancelled' })]]);
    expect(desk.isOfferedTo(await request('k3'), agent)).toBe(true);
    await kioskLeaves();
  });

  it('[DESK-20] an answered call goes on for 60 s without its kiosk', async () => {
    const { desk, timers, agent, kioskLeaves, kioskReturns } = await talking();
    await kioskLeaves();
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'active', kioskPresent: false });
    await timers.advance(59_000);
    await kioskReturns();
    await timers.advance(60_000);
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'active', kioskPresent: true });
    await kioskLeaves();
    await timers.advance(60_000);
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'wrapping-up', reason: 'kiosk-lost' });
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'closed', reason: 'connection-lost' });
  });
});

describe('agents', () => {
  it('[DESK-21] an answered call waits 30 s for its agent', async () => {
    const { desk, timers, agent, call, agentLeaves, agentReturns } = await talking();
    await agentLeaves();
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'active', agentPresent: false });
    await timers.advance(29_000);
    await agentReturns();
    await timers.advance(30_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'active', agentPresent: true });
    expect(desk.isCallOfAgent(call, agent)).toBe(true);
  });

  it('[DESK-21] then it goes to the head of the queue as returned', async () => {
    const { desk, timers, outlet, agent, call, request, agentLeaves, agentReturns } = await talking();
    await request('k2');
    await agentLeaves();
    await timers.advance(30_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', position: 1, returned: true });
    expect(desk.waitingList().calls.map(({ callId }) => callId)[0]).toBe(call);
    expect(outlet.all('callReleased').at(-1)).toEqual([agent, expect.objectContaining({ reason: 'agent-lost' })]);
    expect(desk.floorList().agents).toEqual([]);
    expect((await agentReturns()).availability).toMatchObject({ state: 'away', reason: 'connection-lost' });
  });

  it('[DESK-21] an agent who dies before media is up costs the resident less than 10 s', async () => {
    const { desk, timers, onDuty, request, agentLeaves } = await waiting();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await timers.advance(1_000);
    const other = await onDuty('a2');
    await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call });
    await agentLeaves();
    await timers.advance(3_000);
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', returned: true, ringing: true });
    expect(desk.isOfferedTo(call, other)).toBe(true);
  });

  it('[DESK-22] the offer of an agent who is lost goes back at once', async () => {
    const { desk, timers, onDuty, request, agentLeaves, agentReturns } = await waiting();
    await onDuty('a1');
    const call = await request('k1');
    const other = await onDuty('a2');
    await agentLeaves();
    expect(desk.isOfferedTo(call, other)).toBe(true);
    expect((await agentReturns()).availability).toMatchObject({ state: 'away', reason: 'connection-lost' });
    await agentLeaves();
    await timers.advance(10_000);
    expect(desk.floorList().agents.map(({ staffId }) => staffId)).toEqual([other]);
  });

  it('[DESK-22] an idle agent whose connection is lost gets no call, and keeps their place for the grace', async () => {
    const { desk, timers, onDuty, request, agentLeaves, agentReturns } = await waiting();
    const agent = await onDuty('a1');
    await agentLeaves();
    const call = await request('k1');
    expect(desk.isOfferedTo(call, agent)).toBe(false);
    await timers.advance(9_000);
    await agentReturns();
    expect(desk.isOfferedTo(call, agent)).toBe(true);
  });

  it('[DESK-23] a signed-out agent gives an offer back to its old place', async () => {
    const { desk, outlet, onDuty, request } = await waiting();
    const agent = await onDuty('a1');
    await request('k1');
    await desk.execute<'agent-signed-out'>({ type: 'agent-signed-out', staffId: agent });
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', ringing: false, returned: false });
    expect(desk.agentDesk(agent)).toEqual({ agent: null, call: null });
    expect(outlet.all('agentChanged').at(-1)?.[0].availability).toEqual({ state: 'offline' });
  });

  it('[DESK-23] and an answered call to the head; a wrap-up is over', async () => {
    const { desk, agent, call, onDuty, request, talk } = await talking();
    await desk.execute<'agent-signed-out'>({ type: 'agent-signed-out', staffId: agent });
    expect(desk.kioskCall(k1)).toMatchObject({ state: 'queued', returned: true });
    const other = await onDuty('a2');
    await talk(call, other);
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: other, callId: call });
    await desk.execute<'agent-signed-out'>({ type: 'agent-signed-out', staffId: other });
    expect(desk.figures()).toMatchObject({ callsByState: {}, agentsByState: { offline: 2 } });
    await request('k1');
  });
});
