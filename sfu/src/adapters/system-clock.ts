import { performance } from 'node:perf_hooks';

/** Time for whoever needs durations. */
export type Clock = {
  /** Milliseconds since some point; never goes back. */
  monotonicMs(): number;
};

/** One-shot timers. */
export type Timers = {
  /** Calls `run` once, `delayMs` from now. Returns the cancellation. */
  after(delayMs: number, run: () => void): () => void;
};

export const systemClock: Clock = { monotonicMs: () => performance.now() };

export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
