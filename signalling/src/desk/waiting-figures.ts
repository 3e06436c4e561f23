import type { CallId, KioskCallView, WaitEstimate, WaitingCallView } from '@bangban/protocol';
import { isWaiting } from '../call/call.ts';
import type { DeskConfig } from './desk-config.ts';
import type { ListSequences } from './list-sequences.ts';
import type { Live } from './live.ts';
import type { DeskOutlet, Timers } from './ports.ts';

/**
 * Staff read the first lines of the waiting list; positions further down are corrected when they come near. Without a
 * bound, a thousand lines would go to every console every other second.
 */
const REFRESHED_LINES = 100;

/**
 * Pushes positions and estimates that changed without anything happening to the call itself: at most once per interval,
 * and only to those whose figures are not what they were told last.
 */
export type WaitingFigures = {
  /** The queue or the agents changed: the figures may be others now. */
  changed(): void;
  /** Tells everybody whose figures are not what they were told last. The state must be durable. */
  push(live: Pick<Live, 'state' | 'views' | 'forecast'>): void;
  /** A kiosk was told its whole view. */
  noteKiosk(view: KioskCallView): void;
  /** Staff were told this line of the waiting list. */
  noteLine(line: WaitingCallView): void;
  close(): void;
};

export function createWaitingFigures(options: {
  timers: Timers;
  now: () => number;
  config: Pick<DeskConfig, 'movedIntervalMs' | 'estimateStaleMs'>;
  outlet: Pick<DeskOutlet, 'queueMoved' | 'waitingChanged'>;
  sequences: ListSequences;
  /** It is time to push. */
  due: () => void;
}): WaitingFigures {
  const { timers, now, config, outlet, sequences, due } = options;
  const told = new Map<CallId, string>();
  const toldLines = new Map<CallId, number>();
  let pushedAt = Number.NEGATIVE_INFINITY;
  let armed: { at: number; cancel: () => void } | undefined;

  function arm(at: number): void {
    if (armed && armed.at <= at) return;
    armed?.cancel();
    armed = { at, cancel: timers.after(Math.max(0, at - now()), fire) };
  }

  function fire(): void {
    armed = undefined;
    due();
  }

  function push({ state, views, forecast }: Pick<Live, 'state' | 'views' | 'forecast'>): void {
    pushedAt = now();
    const lines: WaitingCallView[] = [];
    for (const [index, { callId }] of state.queue.inOrder().entries()) {
      const call = state.calls.get(callId);
      if (!call || !isWaiting(call)) continue;
      const position = forecast.positionOf(call);
      if (index < REFRESHED_LINES && toldLines.get(callId) !== position) {
        toldLines.set(callId, position);
        lines.push(views.waitingLine(call, pushedAt));
      }
      if (!call.kioskPresence.present) continue;
      const estimate = forecast.estimateOf(call, position, pushedAt);
      const figures = keyOf(position, estimate);
      if (told.get(callId) === figures) continue;
      told.set(callId, figures);
      outlet.queueMoved(call.kiosk.kioskId, { callId, version: call.version, position, estimate });
    }
    for (const callId of told.keys()) if (!state.queue.entryOf(callId)) told.delete(callId);
    for (const callId of toldLines.keys()) if (!state.queue.entryOf(callId)) toldLines.delete(callId);
    if (lines.length > 0) {
      sequences.waiting += 1;
      outlet.waitingChanged({ sequence: sequences.waiting, changed: lines, removed: [] });
    }
    // The calls of busy agents go on, so an estimate says less and less about now.
    if (state.queue.size > 0) arm(pushedAt + config.estimateStaleMs);
  }

  return {
    push,
    changed: () => arm(Math.max(now(), pushedAt + config.movedIntervalMs)),
    noteKiosk(view) {
      if (view.state === 'queued') told.set(view.callId, keyOf(view.position, view.estimate));
    },
    noteLine: ({ callId, position }) => void toldLines.set(callId, position),
    close() {
      armed?.cancel();
      armed = undefined;
    },
  };
}

const keyOf = (position: number, estimate: WaitEstimate) =>
  estimate.state === 'range' ? `${position} ${estimate.lowSeconds} ${estimate.highSeconds}` : `${position} ?`;
