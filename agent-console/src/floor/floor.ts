import type { AgentView, FloorList, StaffEvents } from '@bangban/protocol';
import type * as z from 'zod';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { type Problem, toProblem } from '../errors/problem.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { Timers } from '../ui/timers.ts';

type FloorChange = z.output<StaffEvents['floor:changed']>;

export type FloorState =
  | { state: 'loading'; agents: [] }
  | { state: 'current'; agents: readonly AgentView[] }
  | { state: 'catching-up'; agents: readonly AgentView[] }
  /** The snapshot was refused; it is asked for again by itself. */
  | { state: 'failed'; agents: readonly AgentView[]; problem: Problem };

/** The agents who are signed in, live. */
export type FloorController = Readable<FloorState> & { close(): void };

const RETRY_MS = 2_000;

/** Those who can do something now come first; within a state the one who has been in it longest. */
const order = { available: 0, offered: 1, busy: 2, 'wrapping-up': 3, away: 4, offline: 5 } as const;
const sinceOf = ({ availability }: AgentView) => (availability.state === 'offline' ? 0 : availability.since);
const byState = (a: AgentView, b: AgentView) =>
  order[a.availability.state] - order[b.availability.state] ||
  sinceOf(a) - sinceOf(b) ||
  a.number.localeCompare(b.number);

/** Follows the floor by its changes; asks for a snapshot at every connection and after a gap. */
export function createFloor(parts: { connection: StaffWire; clock: ServerClock; timers: Timers }): FloorController {
  const { connection, clock, timers } = parts;
  const store = createStore<FloorState>({ state: 'loading', agents: [] });
  const disposer = createDisposer();
  let sequence = -1;
  let agents = new Map<string, AgentView>();
  /** Changes that arrive while a snapshot is on its way; null while none is. */
  let early: FloorChange[] | null = null;

  const sorted = () => [...agents.values()].sort(byState);

  const apply = (change: FloorChange) => {
    sequence = change.sequence;
    for (const agent of change.changed) {
      clock.observe(agent.now);
      if (agent.availability.state === 'offline') agents.delete(agent.staffId);
      else agents.set(agent.staffId, agent);
    }
  };

  const adopt = (list: FloorList) => {
    const followers = early ?? [];
    early = null;
    sequence = list.sequence;
    agents = new Map(
      list.agents.filter((agent) => agent.availability.state !== 'offline').map((agent) => [agent.staffId, agent]),
    );
    for (const change of followers) {
      if (change.sequence <= sequence) continue;
      if (change.sequence !== sequence + 1) return catchUp();
      apply(change);
    }
    store.set({ state: 'current', agents: sorted() });
  };

  function catchUp(): void {
    early = [];
    const asked = early;
    if (store.get().state !== 'loading') store.set({ state: 'catching-up', agents: sorted() });
    connection.request('floor:snapshot', {}).then(
      (list) => {
        if (early === asked) adopt(list);
      },
      (thrown: unknown) => {
        if (early !== asked) return;
        store.set({ state: 'failed', agents: sorted(), problem: toProblem(thrown) });
        disposer.add(timers.after(RETRY_MS, () => early === asked && catchUp()));
      },
    );
  }

  disposer.add(
    connection.on('staff:welcomed', catchUp),
    connection.on('floor:changed', (change) => {
      if (early !== null) early.push(change);
      else if (change.sequence <= sequence) return;
      else if (change.sequence !== sequence + 1) {
        catchUp();
        early?.push(change);
      } else {
        apply(change);
        store.set({ state: 'current', agents: sorted() });
      }
    }),
  );

  return { get: store.get, subscribe: store.subscribe, close: disposer.close };
}
