import type { StaffEvents, StaffRequests } from '@bangban/protocol';
import { createFakeConnection } from '@bangban/signalling/client';
import { describe, expect, it } from 'vitest';
import { settle } from '../../test/fake-timers.ts';
import { agentView, availableAgent, staffView } from '../../test/views.ts';
import { createServerClock } from '../connection/server-clock.ts';
import { createAvailability, isOnDuty } from './availability.ts';

const away = (version: number) => agentView({ state: 'away', reason: 'no-answer', since: 1 }, version);

function availabilityOf() {
  const { connection, server } = createFakeConnection<StaffRequests, StaffEvents>();
  const availability = createAvailability({ connection, clock: createServerClock(() => 0) });
  const welcome = (agent = away(5)) =>
    server.emit('staff:welcomed', {
      protocol: 1,
      staff: staffView('agent'),
      desk: { agent, call: null },
      waiting: { sequence: 1, calls: [] },
    });
  welcome();
  return { availability, server, welcome };
}

describe('availability (CONSOLE)', () => {
  it('[CONSOLE-13] shows what the desk says', () => {
    const { availability, server } = availabilityOf();
    expect(availability.get().agent?.availability).toMatchObject({ state: 'away', reason: 'no-answer' });
    server.emit('agent:changed', availableAgent(6));
    expect(isOnDuty(availability.get().agent)).toBe(true);
  });

  it('[CONSOLE-13] a late message does not bring back an older state', () => {
    const { availability, server } = availabilityOf();
    server.emit('agent:changed', availableAgent(4));
    expect(isOnDuty(availability.get().agent)).toBe(false);
  });

  it('[CONSOLE-13] a new connection is right, whatever its version', () => {
    const { availability, welcome } = availabilityOf();
    welcome(availableAgent(1));
    expect(isOnDuty(availability.get().agent)).toBe(true);
  });

  it('[CONSOLE-13] what was asked for is marked until the desk has answered', async () => {
    const { availability, server } = availabilityOf();
    server.answer('availability:set', () => availableAgent(6));
    const done = availability.choose({ state: 'available' });
    expect(availability.get().asked).toEqual({ state: 'available' });
    await done;
    expect(availability.get()).toMatchObject({ asked: null, problem: null, agent: { version: 6 } });
  });

  it('[CONSOLE-19] a refusal is shown, and asking twice at once sends once', async () => {
    const { availability, server } = availabilityOf();
    server.refuse('availability:set', 'agent-state');
    void availability.choose({ state: 'available' });
    void availability.choose({ state: 'available' });
    await settle();
    expect(server.requests).toHaveLength(1);
    expect(availability.get()).toMatchObject({ asked: null, problem: { code: 'agent-state' } });
    availability.dismissProblem();
    expect(availability.get().problem).toBeNull();
  });
});
