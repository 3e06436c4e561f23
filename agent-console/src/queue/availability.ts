import type { AgentView } from '@bangban/protocol';
import type { ChosenAwayReason } from '@bangban/protocol/plain';
import { newCommandId } from '../connection/command-id.ts';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { type Problem, toProblem } from '../errors/problem.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';

export type AvailabilityChoice = { state: 'available' } | { state: 'away'; reason: ChosenAwayReason };

export type AvailabilityState = {
  /** As the desk has it; null before the first message and for staff who take no calls. */
  agent: AgentView | null;
  /** What the agent asked for, until the desk has answered. */
  asked: AvailabilityChoice | null;
  problem: Problem | null;
};

/** Whether this agent takes calls. The desk decides; here it is shown and asked for. */
export type AvailabilityController = Readable<AvailabilityState> & {
  choose(choice: AvailabilityChoice): Promise<void>;
  dismissProblem(): void;
  close(): void;
};

/** States in which the agent is on duty: calls come, or one is there. */
export function isOnDuty(agent: AgentView | null): boolean {
  const state = agent?.availability.state;
  return state !== undefined && state !== 'away' && state !== 'offline';
}

export function createAvailability(parts: { connection: StaffWire; clock: ServerClock }): AvailabilityController {
  const { connection, clock } = parts;
  const store = createStore<AvailabilityState>({ agent: null, asked: null, problem: null });
  const disposer = createDisposer();

  const adopt = (agent: AgentView, { always = false } = {}) => {
    clock.observe(agent.now);
    const held = store.get().agent;
    if (always || held === null || agent.version >= held.version) store.set({ ...store.get(), agent });
  };

  disposer.add(
    connection.on('staff:welcomed', ({ desk }) => {
      // A desk that lost its store counts from 1 again: what a new connection brings is taken as it is.
      if (desk.agent !== null) adopt(desk.agent, { always: true });
    }),
    connection.on('agent:changed', (agent) => adopt(agent)),
  );

  return {
    get: store.get,
    subscribe: store.subscribe,
    async choose(choice) {
      if (store.get().asked !== null) return;
      store.set({ ...store.get(), asked: choice, problem: null });
      try {
        adopt(await connection.request('availability:set', { commandId: newCommandId(), availability: choice }));
        store.set({ ...store.get(), asked: null });
      } catch (thrown) {
        store.set({ ...store.get(), asked: null, problem: toProblem(thrown) });
      }
    },
    dismissProblem: () => store.set({ ...store.get(), problem: null }),
    close: disposer.close,
  };
}
