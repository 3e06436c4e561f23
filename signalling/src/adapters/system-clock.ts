import type { Clock, Timers } from '../desk/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Real timers. One that is pending does not keep the process alive: the listening socket does that. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    if (delayMs <= 0) {
      // A timer of 0 ms waits for 1 ms; this runs as soon as the event loop has read its sockets.
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    }
    if (delayMs <= 0) {
      // A timer of no delay takes a millisecond; this takes the rest of the turn of the event loop.
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
