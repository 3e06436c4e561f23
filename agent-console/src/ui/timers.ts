/** One-shot timers, as controllers ask for them. */
export type Timers = {
  /** Calls `run` once, `delayMs` from now. Returns the cancellation. */
  after(delayMs: number, run: () => void): () => void;
};

/** The browser's timers. */
export const browserTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
