import type { AgentView } from '@bangban/protocol';
import { createSequencedFeed, type FeedState } from '../connection/sequenced-feed.ts';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { Timers } from '../ui/timers.ts';

export type FloorState = { feed: FeedState; agents: readonly AgentView[] };

/** The agents who are signed in, live. */
export type FloorController = Readable<FloorState> & { close(): void };

/** Those who can take a call come first; within a state the one who has been in it longest. */
const order = { available: 0, offered: 1, busy: 2, 'wrapping-up': 3, away: 4, offline: 5 } as const;
const sinceOf = ({ availability }: AgentView) => (availability.state === 'offline' ? 0 : availability.since);
const byState = (a: AgentView, b: AgentView) =>
  order[a.availability.state] - order[b.availability.state] ||
  sinceOf(a) - sinceOf(b) ||
  a.number.localeCompare(b.number);

/** Follows the floor by its changes; the whole floor is asked for at every connection. */
export function createFloor(parts: { connection: StaffWire; clock: ServerClock; timers: Timers }): FloorController {
  const { connection, clock, timers } = parts;
  const store = createStore<FloorState>({ feed: { state: 'loading' }, agents: [] });
  const disposer = createDisposer();
  let agents = new Map<string, AgentView>();

  const take = (agent: AgentView) => {
    clock.observe(agent.now);
    if (agent.availability.state === 'offline') agents.delete(agent.staffId);
    else agents.set(agent.staffId, agent);
  };

  const feed = createSequencedFeed({
    snapshot: () => connection.request('floor:snapshot', {}),
    replace(list: { sequence: number; agents: AgentView[] }) {
      agents = new Map();
      list.agents.forEach(take);
    },
    apply: (change: { sequence: number; changed: AgentView[] }) => change.changed.forEach(take),
    tell: (state) => store.set({ feed: state, agents: [...agents.values()].sort(byState) }),
    timers,
  });

  disposer.add(feed.close, connection.on('staff:welcomed', feed.catchUp), connection.on('floor:changed', feed.changed));
  return { get: store.get, subscribe: store.subscribe, close: disposer.close };
}
