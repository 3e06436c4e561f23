import type { AgentCallView, StaffEvents, StaffRequests } from '@bangban/protocol';
import { createFakeCallMedia } from '@bangban/sfu/client';
import { createFakeConnection } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { createFakeDevices } from '../../test/fake-devices.ts';
import { settle } from '../../test/fake-timers.ts';
import { activeCall, connectingCall, heldCall, offeredCall, wrappingUpCall } from '../../test/views.ts';
import { createServerClock } from '../connection/server-clock.ts';
import { createAgentCall } from './agent-call.ts';
import { createCallMediaLink, targetOf } from './call-media-link.ts';
import { createLocalDevices } from './local-devices.ts';

function linkOf() {
  const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
  const agentCall = createAgentCall({ connection, clock: createServerClock(() => 0) });
  const { port } = createFakeDevices();
  const devices = createLocalDevices(port, { load: () => null, save: () => undefined });
  const media = createFakeCallMedia();
  const link = createCallMediaLink({ agentCall, devices, media });
  const change = (call: AgentCallView) => server.emit('call:changed', call);
  return { link, server, media, devices, change };
}

describe('call media link (CONSOLE)', () => {
  it.each([
    ['no call', null, null],
    ['an offer without a room', offeredCall('call-1', { media: null }), null],
    ['an offer', offeredCall(), 'prepared'],
    ['a call that connects', connectingCall(), 'open'],
    ['a call', activeCall(), 'open'],
    ['a held call', heldCall(), 'held'],
    ['a wrap-up', wrappingUpCall(), null],
  ] as const)('[CONSOLE-17] %s is followed as it should be', (_name, call, flow) => {
    expect(targetOf(call, false)?.flow ?? null).toBe(flow);
  });

  it('[CONSOLE-17] joins with nothing sent while it rings, and opens at the click, before the desk has answered', async () => {
    const { link, server, media, change } = linkOf();
    let accept = (_call: AgentCallView) => {};
    server.answer('offer:accept', () => new Promise((resolve) => (accept = resolve)));
    change(offeredCall());
    expect(media.target()).toEqual({ callId: 'call-1', epoch: 1, flow: 'prepared' });
    const done = link.answer();
    expect(media.target()?.flow).toBe('open');
    await settle();
    accept(connectingCall());
    await done;
    expect(media.target()?.flow).toBe('open');
  });

  it('[CONSOLE-17] a refused answer stops what had begun', async () => {
    const { link, server, media, change } = linkOf();
    server.refuse('offer:accept', 'offer-gone');
    change(offeredCall());
    await link.answer();
    expect(media.target()?.flow).toBe('prepared');
  });

  it('[CONSOLE-17] follows the room to a higher epoch', () => {
    const { media, change } = linkOf();
    change(activeCall());
    change(activeCall('call-1', { version: 8, media: { epoch: 2 } }));
    expect(media.target()).toMatchObject({ epoch: 2, flow: 'open' });
  });

  it('[CONSOLE-14] the tracks of the devices go to the call and are taken back', async () => {
    const { media, devices } = linkOf();
    devices.open();
    await settle();
    expect([media.localTrack('camera'), media.localTrack('microphone')]).not.toContain(null);
    devices.release();
    expect([media.localTrack('camera'), media.localTrack('microphone')]).toEqual([null, null]);
  });

  it('[CONSOLE-20] a mute lasts through the call and ends with it', () => {
    const { link, media, change } = linkOf();
    change(activeCall());
    link.setMuted('microphone', true);
    change(heldCall());
    expect(media.isMuted('microphone')).toBe(true);
    change(offeredCall('call-2'));
    expect([media.isMuted('microphone'), link.get().microphone]).toEqual([false, false]);
  });

  it('[CONSOLE-17] leaves the room when the workplace closes', () => {
    const { link, media, change } = linkOf();
    change(activeCall());
    link.close();
    expect(media.target()).toBeNull();
  });
});
