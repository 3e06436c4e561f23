/** The launcher's only source of time. */
export const systemClock = {
  /** Milliseconds since the epoch. */
  now: () => Date.now(),
  /** When this process began, in milliseconds since the epoch. */
  startedAt: performance.timeOrigin,
  /** Milliseconds that never go back, whatever happens to the machine's clock. */
  monotonicMs: () => performance.now(),
};
