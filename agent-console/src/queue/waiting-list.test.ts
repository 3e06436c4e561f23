import type { StaffEvents, StaffRequests } from '@bangban/protocol';
import { createFakeConnection } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { createFakeTime, settle } from '../../test/fake-timers.ts';
import { availableAgent, callId, staffView, waitingCall } from '../../test/views.ts';
import { createServerClock } from '../connection/server-clock.ts';
import { createWaitingList } from './waiting-list.ts';

function listOf(ids: string[]) {
  const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
  const time = createFakeTime();
  const waiting = createWaitingList({ connection, clock: createServerClock(time.nowMs), timers: time.timers });
  const calls = ids.map((id, index) => waitingCall(id, index + 1));
  server.emit('staff:welcomed', {
    protocol: 1,
    staff: staffView('agent'),
    desk: { agent: availableAgent(), call: null },
    waiting: { sequence: 1, calls },
  });
  return { waiting, server, ids: () => waiting.get().calls.map((call) => String(call.callId)) };
}

describe('waiting list (CONSOLE)', () => {
  it('[CONSOLE-12] stands in the order of positions, and the longer wait first where they are equal', () => {
    const { server, ids } = listOf(['call-a', 'call-b']);
    server.emit('waiting:changed', {
      sequence: 2,
      changed: [
        waitingCall('call-a', 3),
        waitingCall('call-d', 2, { requestedAt: 2_000 }),
        waitingCall('call-c', 2, { requestedAt: 1_000 }),
        waitingCall('call-b', 1),
      ],
      removed: [],
    });
    expect(ids()).toEqual(['call-b', 'call-c', 'call-d', 'call-a']);
  });

  it('[CONSOLE-10] a missed change brings the snapshot', async () => {
    const { server, ids } = listOf(['call-a', 'call-b']);
    server.answer('waiting:snapshot', () => ({ sequence: 9, calls: [waitingCall('call-z', 1)] }));
    server.emit('waiting:changed', { sequence: 9, changed: [], removed: [callId('call-a')] });
    await settle();
    expect(ids()).toEqual(['call-z']);
  });

  it('[CONSOLE-10] a call that is answered leaves the list', () => {
    const { server, ids } = listOf(['call-a', 'call-b']);
    server.emit('waiting:changed', { sequence: 2, changed: [waitingCall('call-b', 1)], removed: [callId('call-a')] });
    expect(ids()).toEqual(['call-b']);
  });
});
