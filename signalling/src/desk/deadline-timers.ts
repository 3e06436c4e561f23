import type { CallId, StaffId } from '@bangban/protocol';
import { graceEndsAt } from '../agents/grace.ts';
import { deadlineOf } from '../call/deadlines.ts';
import type { OwnCommand } from './deciding.ts';
import type { DeskConfig } from './desk-config.ts';
import type { DeskState } from './desk-state.ts';
import type { Timers } from './ports.ts';

/** Arms one timer per call or agent that has a deadline. The deadlines themselves are in the state. */
export type DeadlineTimers = {
  /** Sets, moves or drops the timers of these calls and agents, as their state now says. */
  follow(state: DeskState, changed: { calls: Iterable<CallId>; agents: Iterable<StaffId> }): void;
  clear(): void;
};

/**
 * @param now desk time
 * @param due runs once when a deadline is reached
 */
export function createDeadlineTimers(options: {
  timers: Timers;
  now: () => number;
  config: DeskConfig;
  due: (command: OwnCommand) => void;
}): DeadlineTimers {
  const { timers, now, config, due } = options;
  const armed = new Map<string, { at: number; cancel: () => void }>();

  function arm(id: string, at: number, command: OwnCommand): void {
    const cancel = timers.after(Math.max(0, at - now()), () => {
      armed.delete(id);
      // Timers and desk time round differently, so one may run a moment early.
      if (now() < at) arm(id, at, command);
      else due(command);
    });
    armed.set(id, { at, cancel });
  }

  function set(id: string, at: number | undefined, command: OwnCommand): void {
    const before = armed.get(id);
    if (before?.at === at) return;
    before?.cancel();
    armed.delete(id);
    if (at !== undefined) arm(id, at, command);
  }

  return {
    follow(state, { calls, agents }) {
      const found: { id: string; at: number | undefined; command: OwnCommand }[] = [];
      for (const callId of calls) {
        const call = state.calls.get(callId);
        const at = call && deadlineOf(call, config)?.at;
        found.push({ id: `call ${callId}`, at, command: { type: 'call-due', callId } });
      }
      for (const staffId of agents) {
        const agent = state.agents.get(staffId);
        const at = agent && graceEndsAt(agent, config.agentGraceMs);
        found.push({ id: `agent ${staffId}`, at, command: { type: 'agent-due', staffId } });
      }
      // What is overdue runs in the order in which it was due.
      found.sort((left, right) => (left.at ?? 0) - (right.at ?? 0));
      for (const { id, at, command } of found) set(id, at, command);
    },
    clear() {
      for (const { cancel } of armed.values()) cancel();
      armed.clear();
    },
  };
}
