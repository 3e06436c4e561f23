import type { StaffEvents, WaitingCallView, WaitingList } from '@bangban/protocol';
import type * as z from 'zod';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { Timers } from '../ui/timers.ts';

type WaitingChange = z.output<StaffEvents['waiting:changed']>;

export type WaitingListState =
  | { state: 'loading'; calls: [] }
  | { state: 'current'; calls: readonly WaitingCallView[] }
  /** A change was missed: what is shown may be old, a snapshot is on its way. */
  | { state: 'catching-up'; calls: readonly WaitingCallView[] };

/** The calls that wait, in the order in which they will be answered. */
export type WaitingListController = Readable<WaitingListState> & { close(): void };

const RETRY_MS = 2_000;

const byPosition = (a: WaitingCallView, b: WaitingCallView) =>
  a.position - b.position || a.requestedAt - b.requestedAt || a.callId.localeCompare(b.callId);

/** Follows the list by its changes; asks for a snapshot when the sequence shows that one was missed. */
export function createWaitingList(parts: {
  connection: StaffWire;
  clock: ServerClock;
  timers: Timers;
}): WaitingListController {
  const { connection, clock, timers } = parts;
  const store = createStore<WaitingListState>({ state: 'loading', calls: [] });
  const disposer = createDisposer();
  let sequence = -1;
  let calls = new Map<string, WaitingCallView>();
  /** Changes that arrive while the snapshot is on its way; those it does not contain yet are applied to it. */
  let early: WaitingChange[] | null = null;

  const sorted = () => [...calls.values()].sort(byPosition);

  const apply = (change: WaitingChange) => {
    sequence = change.sequence;
    for (const callId of change.removed) calls.delete(callId);
    for (const call of change.changed) {
      clock.observe(call.now);
      calls.set(call.callId, call);
    }
  };

  const adopt = (list: WaitingList) => {
    const followers = early ?? [];
    early = null;
    sequence = list.sequence;
    calls = new Map(list.calls.map((call) => [call.callId, call]));
    for (const change of followers) {
      if (change.sequence <= sequence) continue;
      if (change.sequence !== sequence + 1) return catchUp();
      apply(change);
    }
    store.set({ state: 'current', calls: sorted() });
  };

  function catchUp(): void {
    early = [];
    store.set({ state: 'catching-up', calls: sorted() });
    const asked = early;
    connection.request('waiting:snapshot', {}).then(
      (list) => {
        // A new connection brings its own list: then this answer is out of date.
        if (early === asked) adopt(list);
      },
      () => disposer.add(timers.after(RETRY_MS, () => early === asked && catchUp())),
    );
  }

  disposer.add(
    connection.on('staff:welcomed', ({ waiting }) => {
      early = null;
      adopt(waiting);
    }),
    connection.on('waiting:changed', (change) => {
      if (early !== null) early.push(change);
      else if (change.sequence <= sequence) return;
      else if (change.sequence !== sequence + 1) {
        catchUp();
        early?.push(change);
      } else {
        apply(change);
        store.set({ state: 'current', calls: sorted() });
      }
    }),
  );

  return { get: store.get, subscribe: store.subscribe, close: disposer.close };
}
