import { AgentCallView, AgentView, KioskCallView, WaitingCallView } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { createScene, kioskId, serviceItem } from '../../test/desk-scene.ts';

const k1 = kioskId('k1');

describe('views', () => {
  it('[DESK-33] both sides hold the newest version after every step', async () => {
    const { desk, outlet, media, timers, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    const newest = () => ({
      kiosk: outlet.all('kioskCallChanged').at(-1)?.[1].version,
      agent: outlet.all('agentCallChanged').at(-1)?.[1].version,
    });
    const inSync = async (act: () => Promise<unknown>) => {
      await act();
      const version = desk.kioskCall(k1)?.version;
      expect(newest()).toEqual({ kiosk: version, agent: version });
    };
    await inSync(() => timers.settle());
    await inSync(() => talk(call, agent));
    await inSync(() => desk.execute<'kiosk-absent'>({ type: 'kiosk-absent', kioskId: k1 }));
    await inSync(() => desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: k1 }));
    await inSync(() => desk.execute<'hold-call'>({ type: 'hold-call', staffId: agent, callId: call }));
    await inSync(() => desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call }));
    expect(media.all('closeRoom')).toHaveLength(1);
    const versions = outlet.all('kioskCallChanged').map(([, view]) => view.version);
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
  });

  it('[DESK-33] every view fits the protocol', async () => {
    const { outlet, desk, timers, onDuty, request, talk } = await createScene();
    const agent = await onDuty('agent1');
    const call = await request('kiosk-1');
    await request('kiosk-2');
    await talk(call, agent);
    await desk.execute<'hold-call'>({ type: 'hold-call', staffId: agent, callId: call });
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    await timers.advance(100_000);
    for (const [, view] of outlet.all('kioskCallChanged')) expect(KioskCallView.parse(view)).toEqual(view);
    for (const [, view] of outlet.all('agentCallChanged')) expect(AgentCallView.parse(view)).toEqual(view);
    for (const [view] of outlet.all('agentChanged')) expect(AgentView.parse(view)).toEqual(view);
    for (const [{ changed }] of outlet.all('waitingChanged')) {
      for (const line of changed) expect(WaitingCallView.parse(line)).toEqual(line);
    }
  });

  it('[DESK-34] waiting figures are pushed when they change, at most every 2 s', async () => {
    const { desk, outlet, timers, request } = await createScene();
    const calls = [];
    for (let index = 1; index <= 6; index += 1) calls.push(await request(`k${index}`));
    await timers.advance(10_000);
    outlet.clear();
    for (const call of calls.slice(0, 4)) {
      await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
      await timers.advance(300);
    }
    await timers.advance(10_000);
    const toLast = outlet.all('queueMoved').filter(([kiosk]) => kiosk === 'k6');
    // One at once, one when two seconds are over; nothing after that.
    expect(toLast.map(([, { position }]) => position)).toEqual([5, 2]);
    expect(toLast.every(([, { version }]) => version === desk.kioskCall(kioskId('k6'))?.version)).toBe(true);
  });

  it('[DESK-34] an absent kiosk is not told; it sees its figures when it is back', async () => {
    const { desk, outlet, timers, request } = await createScene();
    const first = await request('k1');
    await request('k2');
    await timers.advance(3_000);
    await desk.execute<'kiosk-absent'>({ type: 'kiosk-absent', kioskId: kioskId('k2') });
    outlet.clear();
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: first });
    await timers.advance(3_000);
    expect(outlet.all('queueMoved')).toEqual([]);
    expect(desk.kioskCall(kioskId('k2'))).toMatchObject({ position: 1 });
  });

  it('[DESK-34] an idle desk has no timer armed', async () => {
    const { desk, timers, request } = await createScene();
    const call = await request('k1');
    await timers.advance(5_000);
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    await timers.advance(60_000);
    expect(timers.armed).toBe(0);
  });

  it('[DESK-35] changes of the lists are numbered without gaps and add up to the lists', async () => {
    const { desk, outlet, timers, onDuty, request, talk } = await createScene();
    const lines = new Map<string, unknown>();
    const agent = await onDuty('a1');
    const first = await request('k1');
    for (let index = 2; index <= 5; index += 1) await request(`k${index}`);
    await talk(first, agent);
    await timers.advance(30_000);
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: first });
    await timers.advance(70_000);
    const changes = outlet.all('waitingChanged').map(([change]) => change);
    expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, index) => index + 1));
    for (const { changed, removed } of changes) {
      for (const line of changed) lines.set(line.callId, [line.position, line.ringing]);
      for (const callId of removed) lines.delete(callId);
    }
    const list = desk.waitingList();
    expect(list.sequence).toBe(changes.length);
    expect(Object.fromEntries(lines)).toEqual(
      Object.fromEntries(list.calls.map(({ callId, position, ringing }) => [callId, [position, ringing]])),
    );
    const floor = outlet.all('floorChanged').map(([{ sequence }]) => sequence);
    expect(floor).toEqual(floor.map((_, index) => index + 1));
    expect(desk.floorList()).toMatchObject({ sequence: floor.length, agents: [{ staffId: agent }] });
  });

  it('says how long the wait will be, and why nobody can say', async () => {
    const { desk, timers, onDuty, request, talk } = await createScene();
    await request('k1');
    expect(desk.kioskCall(k1)).toMatchObject({ estimate: { state: 'unknown', why: 'no-agent-on-duty' } });
    const agent = await onDuty('a1');
    expect(desk.kioskCall(k1)).toMatchObject({ ringing: true, estimate: { state: 'range', highSeconds: 20 } });
    const call = desk.agentDesk(agent).call?.callId ?? expect.unreachable();
    await talk(call, agent);
    await request('k2');
    await request('k3', { service: serviceItem({ skills: ['nobody'] }) });
    await timers.advance(3_000);
    const waiting = desk.kioskCall(kioskId('k2'));
    const range = waiting?.state === 'queued' && waiting.estimate.state === 'range' ? waiting.estimate : undefined;
    expect(range?.highSeconds).toBeGreaterThan(range?.lowSeconds ?? Number.POSITIVE_INFINITY);
    expect(desk.kioskCall(kioskId('k3'))).toMatchObject({ position: 1, estimate: { state: 'unknown' } });
  });
});
