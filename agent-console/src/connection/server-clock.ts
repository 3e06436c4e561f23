/** The server's time as this console knows it. The PC's own clock plays no part. */
export type ServerClock = {
  /** Milliseconds since 1970 on the server's clock. */
  now(): number;
  /** Every message that carries the server's time is a sample. */
  observe(serverNowMs: number): void;
};

/** Enough samples that a slow one does not matter, few enough that a drifting PC is followed within a few minutes. */
const SAMPLES = 32;
/** A sample that is this far behind is no slow message: the server's clock was set back, or this PC slept. */
const STEP_MS = 5_000;

/**
 * Server time from the `now` that views carry. A message is always late, never early, so the largest difference among the
 * newest samples is the one that was least delayed.
 *
 * @param monotonicMs milliseconds since some point; never goes back (`performance.now`)
 */
export function createServerClock(monotonicMs: () => number): ServerClock {
  let differences: number[] = [];
  const best = () => Math.max(...differences);
  return {
    now: () => Math.round(monotonicMs() + (differences.length === 0 ? 0 : best())),
    observe(serverNowMs) {
      const difference = serverNowMs - monotonicMs();
      if (differences.length > 0 && Math.abs(difference - best()) > STEP_MS) differences = [];
      differences = [...differences.slice(1 - SAMPLES), difference];
    },
  };
}
