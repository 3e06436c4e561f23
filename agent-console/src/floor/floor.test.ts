import type { StaffEvents, StaffRequests } from '@bangban/protocol';
import { createFakeConnection } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { createFakeTime, settle } from '../../test/fake-timers.ts';
import { agentView, floorAgents, staffId, staffView } from '../../test/views.ts';
import { createServerClock } from '../connection/server-clock.ts';
import { createFloor } from './floor.ts';

async function floorOf() {
  const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
  const time = createFakeTime();
  const floor = createFloor({ connection, clock: createServerClock(time.nowMs), timers: time.timers });
  server.answer('floor:snapshot', () => ({ sequence: 3, agents: floorAgents() }));
  server.emit('staff:welcomed', {
    protocol: 1,
    staff: staffView('supervisor'),
    desk: { agent: null, call: null },
    waiting: { sequence: 1, calls: [] },
  });
  await settle();
  return { floor, server, numbers: () => floor.get().agents.map(({ number }) => number) };
}

describe('floor (CONSOLE)', () => {
  it('[CONSOLE-24] who can take a call comes first, then the longest in a state', async () => {
    const { numbers } = await floorOf();
    expect(numbers()).toEqual(['1001', '1002', '1004', '1003', '1005']);
  });

  it('[CONSOLE-24] follows changes; who signs out leaves', async () => {
    const { server, numbers } = await floorOf();
    server.emit('floor:changed', {
      sequence: 4,
      changed: [agentView({ state: 'offline' }, 2, { staffId: staffId('staff-2'), number: '1002' })],
    });
    expect(numbers()).toEqual(['1001', '1004', '1003', '1005']);
  });
});
