import { describe, expect, it } from 'vitest';
import { createScene } from '../../test/desk-scene.ts';

describe('the straight path', () => {
  it('leads from a request through the answer to the next call', async () => {
    const { desk, outlet, onDuty, request, talk } = await createScene();
    const agent = await onDuty('agent1');
    const first = await request('kiosk-1');
    const second = await request('kiosk-2');
    expect(desk.agentDesk(agent).call).toMatchObject({ callId: first, state: 'offered' });
    expect(desk.kioskCall('kiosk-2' as never)).toMatchObject({ state: 'queued', position: 2, ringing: false });

    await talk(first, agent);
    expect(desk.kioskCall('kiosk-1' as never)).toMatchObject({ state: 'active', agentPresent: true });
    await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: first });
    expect(desk.kioskCall('kiosk-1' as never)).toMatchObject({ state: 'closed', reason: 'ended' });
    await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: first });
    expect(desk.agentDesk(agent).call).toMatchObject({ callId: second, state: 'offered' });
    expect(outlet.all('kioskCallChanged').map(([kiosk, { state }]) => `${kiosk} ${state}`)).toContain('kiosk-1 connecting');
  });

  it('goes on after the offer expired', async () => {
    const { desk, timers, onDuty, request } = await createScene();
    const agent = await onDuty('agent1');
    await request('kiosk-1');
    await timers.advance(20_000);
    expect(desk.agentDesk(agent)).toMatchObject({ agent: { availability: { state: 'away', reason: 'no-answer' } }, call: null });
    expect(desk.kioskCall('kiosk-1' as never)).toMatchObject({ state: 'queued', ringing: false, estimate: { state: 'unknown' } });
  });
});
