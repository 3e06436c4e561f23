import { describe, expect, it } from 'vitest';
import { agentProfile, callRequest, createScene, kioskId, serviceItem } from '../../test/desk-scene.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describe('assignment', () => {
  it('leads from a request through the answer to the next call', async () => {
    const { desk, outlet, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const first = await request('k1');
    const second = await request('k2');
    expect(desk.agentDesk(agent).call).toMatchObject({ callId: first, state: 'offered' });
    expect(desk.kioskCall(kioskId('k2'))).toMatchObject({ state: 'queued', position: 2, ringing: false });
    await talk(first, agent);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'active', agentPresent: true });
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: first });
    await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: first });
    expect(desk.agentDesk(agent).call).toMatchObject({ callId: second, state: 'offered' });
    const states = outlet.all('kioskCallChanged').flatMap(([kiosk, { state }]) => (kiosk === 'k1' ? state : []));
    expect([...new Set(states)]).toEqual(['queued', 'connecting', 'active', 'closed']);
  });

  it('[DESK-12] a call is offered in the decision that makes the agent idle or the call ready', async () => {
    const { desk, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const offered = await desk.execute<'request-call'>(callRequest('k1'));
    expect(offered).toMatchObject({ ringing: true });
    await request('k2');
    const other = await desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a2') });
    expect(other.availability).toMatchObject({ state: 'away', reason: 'signed-in' });
    const view = await desk.execute<'set-availability'>({
      type: 'set-availability',
      staffId: other.staffId,
      availability: { state: 'available' },
    });
    expect(view.availability).toMatchObject({ state: 'offered' });
    expect(desk.isOfferedTo(offered.callId, agent)).toBe(true);
  });

  it('[DESK-12] an agent who learns a skill gets the call that waited for it', async () => {
    const { desk, onDuty, request } = await createScene();
    const agent = await onDuty('a1', { skills: ['shebao'] });
    const call = await request('k1', { service: serviceItem({ skills: ['yibao'] }) });
    expect(desk.isOfferedTo(call, agent)).toBe(false);
    await desk.execute<'agent-present'>({ type: 'agent-present', agent: agentProfile('a1', { skills: ['yibao'] }) });
    expect(desk.isOfferedTo(call, agent)).toBe(true);
  });

  it('[DESK-13] a kiosk has one call at a time, and the next one while the last is wrapped up', async () => {
    const { desk, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await expect(request('k1')).rejects.toEqual(refusal('kiosk-busy'));
    await talk(call, agent);
    await expect(request('k1')).rejects.toEqual(refusal('kiosk-busy'));
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    const next = await request('k1');
    await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call });
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ callId: next, ringing: true });
    expect(desk.isCallOfKiosk(next, kioskId('k1'))).toBe(true);
    expect(desk.isCallOfKiosk(call, kioskId('k1'))).toBe(false);
  });

  it('[DESK-14] a call is offered to one agent at a time', async () => {
    const { desk, onDuty, request } = await createScene();
    const agents = [await onDuty('a1'), await onDuty('a2')];
    const call = await request('k1');
    expect(agents.filter((agent) => desk.isOfferedTo(call, agent))).toEqual([agents[0]]);
    expect(agents.filter((agent) => desk.isCallOfAgent(call, agent))).toEqual([agents[0]]);
  });

  it('[DESK-15] a declined call returns to its old place and rings at the next agent', async () => {
    const { desk, outlet, timers, onDuty, request } = await createScene();
    const first = await onDuty('a1');
    await timers.advance(1_000);
    const second = await onDuty('a2');
    const call = await request('k1');
    await desk.execute<'decline-offer'>({ type: 'decline-offer', staffId: first, callId: call });
    expect(desk.isOfferedTo(call, second)).toBe(true);
    expect(desk.agentDesk(first)).toMatchObject({
      agent: { availability: { state: 'away', reason: 'declined' } },
      call: null,
    });
    expect(outlet.all('callReleased')).toEqual([
      [first, expect.objectContaining({ callId: call, reason: 'declined' })],
    ]);
  });

  it('[DESK-15] an unanswered call returns to its old place before those that came later', async () => {
    const { desk, timers, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await timers.advance(1_000);
    await request('k2');
    await timers.advance(19_000);
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'away', reason: 'no-answer' });
    expect(desk.waitingList().calls.map(({ callId, position }) => [callId, position])).toEqual([
      [call, 1],
      [expect.anything(), 2],
    ]);
    const availability = { state: 'available' } as const;
    await desk.execute<'set-availability'>({ type: 'set-availability', staffId: agent, availability });
    expect(desk.isOfferedTo(call, agent)).toBe(true);
  });

  it('[DESK-16] an offer that is over cannot be accepted or declined', async () => {
    const { desk, timers, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    const other = await onDuty('a2');
    const accept = (staffId = agent) => desk.execute<'accept-offer'>({ type: 'accept-offer', staffId, callId: call });
    await expect(accept(other)).rejects.toEqual(refusal('offer-gone'));
    await timers.advance(20_000);
    await expect(accept()).rejects.toEqual(refusal('offer-gone'));
    await accept(other);
    const decline = desk.execute<'decline-offer'>({ type: 'decline-offer', staffId: other, callId: call });
    await expect(decline).rejects.toEqual(refusal('offer-gone'));
  });

  it('[DESK-18] an agent with a call cannot choose their availability', async () => {
    const { desk, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    const takeBreak = () =>
      desk.execute<'set-availability'>({
        type: 'set-availability',
        staffId: agent,
        availability: { state: 'away', reason: 'break' },
      });
    await expect(takeBreak()).rejects.toEqual(refusal('agent-state'));
    await talk(call, agent);
    await expect(takeBreak()).rejects.toEqual(refusal('agent-state'));
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call });
    await expect(takeBreak()).rejects.toEqual(refusal('agent-state'));
    await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call });
    expect((await takeBreak()).availability).toMatchObject({ state: 'away', reason: 'break' });
  });

  it('holds and resumes', async () => {
    const { desk, media, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await talk(call, agent);
    media.clear();
    const held = await desk.execute<'hold-call'>({ type: 'hold-call', staffId: agent, callId: call });
    expect(held.state).toBe('held');
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'held' });
    const resumed = await desk.execute<'resume-call'>({ type: 'resume-call', staffId: agent, callId: call });
    expect(resumed.state).toBe('active');
    expect(media.all('setFlow').map(([{ flow }]) => flow)).toEqual(['held', 'open']);
  });
});

describe('ends', () => {
  it('[DESK-30] the kiosk can ask for a minute how its last call ended', async () => {
    const { desk, timers, request } = await createScene();
    const call = await request('k1');
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ callId: call, state: 'closed', reason: 'cancelled' });
    await timers.advance(59_000);
    expect(desk.kioskCall(kioskId('k1'))).not.toBeNull();
    await timers.advance(1_000);
    expect(desk.kioskCall(kioskId('k1'))).toBeNull();
  });

  it('[DESK-31] the wrap-up ends by itself and the next call is offered', async () => {
    const { desk, timers, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await talk(call, agent);
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'wrapping-up', reason: 'resident-ended' });
    const next = await request('k2');
    await timers.advance(59_000);
    expect(desk.isOfferedTo(next, agent)).toBe(false);
    await timers.advance(1_000);
    expect(desk.isOfferedTo(next, agent)).toBe(true);
  });

  it('[DESK-32] handling times are learnt and survive a restart', async () => {
    const scene = await createScene();
    const { desk, timers, onDuty, request, talk, store } = scene;
    const agent = await onDuty('a1');
    const call = await request('k1');
    await timers.advance(5_000);
    await talk(call, agent);
    await timers.advance(90_000);
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call });
    await timers.advance(10_000);
    await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call });
    const { handlingTimes } = await store.load({ closedSinceMs: 0 });
    // The prior of five minutes counts as four calls.
    expect(handlingTimes).toEqual([expect.objectContaining({ calls: 1, meanMs: (4 * 300_000 + 105_000) / 5 })]);
  });

  it('a revoked kiosk loses its call', async () => {
    const { desk, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    await talk(call, agent);
    await desk.execute<'kiosk-revoked'>({ type: 'kiosk-revoked', kioskId: kioskId('k1') });
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'closed', reason: 'kiosk-revoked' });
    expect(desk.agentDesk(agent).call).toMatchObject({ state: 'wrapping-up', reason: 'kiosk-revoked' });
  });
});
