import type { WaitingCallView } from '@bangban/protocol';
import { createSequencedFeed, type FeedState } from '../connection/sequenced-feed.ts';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { Timers } from '../ui/timers.ts';

export type WaitingListState = { feed: FeedState; calls: readonly WaitingCallView[] };

/** The calls that wait, in the order in which they will be answered. */
export type WaitingListController = Readable<WaitingListState> & { close(): void };

const byPosition = (a: WaitingCallView, b: WaitingCallView) =>
  a.position - b.position || a.requestedAt - b.requestedAt || a.callId.localeCompare(b.callId);

/** Follows the list by its changes. */
export function createWaitingList(parts: {
  connection: StaffWire;
  clock: ServerClock;
  timers: Timers;
}): WaitingListController {
  const { connection, clock, timers } = parts;
  const store = createStore<WaitingListState>({ feed: { state: 'loading' }, calls: [] });
  const disposer = createDisposer();
  let calls = new Map<string, WaitingCallView>();

  const feed = createSequencedFeed({
    snapshot: () => connection.request('waiting:snapshot', {}),
    replace(list: { sequence: number; calls: WaitingCallView[] }) {
      calls = new Map(list.calls.map((call) => [call.callId, call]));
    },
    apply(change: { sequence: number; changed: WaitingCallView[]; removed: string[] }) {
      for (const callId of change.removed) calls.delete(callId);
      for (const call of change.changed) {
        clock.observe(call.now);
        calls.set(call.callId, call);
      }
    },
    tell: (state) => store.set({ feed: state, calls: [...calls.values()].sort(byPosition) }),
    timers,
  });

  disposer.add(
    feed.close,
    connection.on('staff:welcomed', ({ waiting }) => feed.welcome(waiting)),
    connection.on('waiting:changed', feed.changed),
  );
  return { get: store.get, subscribe: store.subscribe, close: disposer.close };
}
