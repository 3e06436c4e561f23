import type { AgentCallView, StaffEvents, StaffRequests } from '@bangban/protocol';
import { createFakeConnection } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { settle } from '../../test/fake-timers.ts';
import {
  activeCall,
  availableAgent,
  callId,
  connectingCall,
  heldCall,
  offeredCall,
  staffView,
  wrappingUpCall,
} from '../../test/views.ts';
import { createServerClock } from '../connection/server-clock.ts';
import { createAgentCall } from './agent-call.ts';

function callOf(call: AgentCallView | null = null) {
  const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
  const agentCall = createAgentCall({ connection, clock: createServerClock(() => 0) });
  const welcome = (held: AgentCallView | null) =>
    server.emit('staff:welcomed', {
      protocol: 1,
      staff: staffView('agent'),
      desk: { agent: availableAgent(), call: held },
      waiting: { sequence: 1, calls: [] },
    });
  welcome(call);
  return { agentCall, server, welcome };
}

const released = (version: number) =>
  ({ callId: callId('call-1'), version, reason: 'cancelled' }) as const satisfies object;

describe('agent call (CONSOLE)', () => {
  it('[CONSOLE-16] an older view is ignored', () => {
    const { agentCall, server } = callOf();
    server.emit('call:changed', activeCall());
    server.emit('call:changed', connectingCall());
    expect(agentCall.get().call?.state).toBe('active');
  });

  it('[CONSOLE-16] a call that was taken back does not return by a late message, but by a new offer', () => {
    const { agentCall, server } = callOf(offeredCall());
    server.emit('call:released', released(5));
    expect(agentCall.get()).toMatchObject({ call: null, released: { reason: 'cancelled', kioskName: '一号终端' } });
    server.emit('call:changed', connectingCall('call-1', { version: 5 }));
    expect(agentCall.get().call).toBeNull();
    server.emit('call:changed', offeredCall('call-1', { version: 6 }));
    expect(agentCall.get()).toMatchObject({ call: { state: 'offered' }, released: null });
  });

  it('[CONSOLE-16] what a new connection brings counts, whatever was held', () => {
    const { agentCall, welcome } = callOf(heldCall());
    welcome(activeCall('call-1', { version: 1 }));
    expect(agentCall.get().call?.state).toBe('active');
    welcome(null);
    expect(agentCall.get().call).toBeNull();
  });

  it('[CONSOLE-16] the release of another call changes nothing', () => {
    const { agentCall, server } = callOf(activeCall('call-2'));
    server.emit('call:released', released(9));
    expect(agentCall.get().call?.callId).toBe('call-2');
  });

  it('[CONSOLE-19] the answer of a command is the new view', async () => {
    const { agentCall, server } = callOf(activeCall());
    server.answer('call:hold', () => heldCall());
    const done = agentCall.command('hold');
    expect(agentCall.get().pending).toBe('hold');
    expect(await done).toBe(true);
    expect(agentCall.get()).toMatchObject({ pending: null, call: { state: 'held' } });
  });

  it('[CONSOLE-19] a refused command is shown and changes nothing', async () => {
    const { agentCall, server } = callOf(offeredCall());
    server.refuse('offer:accept', 'offer-gone');
    expect(await agentCall.command('accept')).toBe(false);
    expect(agentCall.get()).toMatchObject({
      pending: null,
      problem: { code: 'offer-gone' },
      call: { state: 'offered' },
    });
    agentCall.dismiss();
    expect(agentCall.get().problem).toBeNull();
  });

  it('[CONSOLE-19] a second command waits for the first', async () => {
    const { agentCall, server } = callOf(offeredCall());
    void agentCall.command('accept');
    expect(await agentCall.command('decline')).toBe(false);
    await settle();
    expect(server.requests.map(({ name }) => name)).toEqual(['offer:accept']);
  });

  it('[CONSOLE-22] finishing the wrap-up ends it here at once', async () => {
    const { agentCall, server } = callOf(wrappingUpCall());
    server.answer('call:finish-wrap-up', () => null);
    await agentCall.command('finish-wrap-up');
    expect(agentCall.get().call).toBeNull();
  });

  it('[CONSOLE-22] the desk ends the wrap-up by making the agent available', () => {
    const { agentCall, server } = callOf(wrappingUpCall());
    server.emit('agent:changed', availableAgent(9));
    expect(agentCall.get()).toMatchObject({ call: null, released: null });
  });

  it('[CONSOLE-23] the call counts from its answer, through hold and reconnects', () => {
    const { agentCall, server, welcome } = callOf(offeredCall());
    expect(agentCall.get().answeredAt).toBeNull();
    server.emit('call:changed', connectingCall('call-1', { acceptedAt: 1_000 }));
    server.emit('call:changed', activeCall('call-1', { since: 2_000 }));
    server.emit('call:changed', heldCall('call-1', { since: 90_000 }));
    expect(agentCall.get().answeredAt).toBe(1_000);
    welcome(activeCall('call-1', { version: 9, since: 120_000 }));
    expect(agentCall.get().answeredAt).toBe(1_000);
  });

  it('[CONSOLE-23] a console that joins later counts from what it is told', () => {
    const { agentCall } = callOf(activeCall('call-1', { since: 2_000 }));
    expect(agentCall.get().answeredAt).toBe(2_000);
  });
});
