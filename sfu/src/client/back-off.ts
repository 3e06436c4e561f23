/** First and longest pause between attempts, in milliseconds, before jitter. */
const firstPauseMs = 250;
const longestPauseMs = 8_000;

/** The pause before attempt `attempt` (1 = the first repetition): doubles, and spread so that many clients do not meet. */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + random());
}

/** Waits that can be cut short. */
export type Waiting = {
  /** Resolves after `ms` milliseconds, or when {@link Waiting.wake} is called. Without a time only then. */
  wait(ms?: number): Promise<void>;
  wake(): void;
};

export function createWaiting(): Waiting {
  const sleepers = new Set<() => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(() => end(), ms);
        const end = () => {
          clearTimeout(timer);
          sleepers.delete(end);
          resolve();
        };
        sleepers.add(end);
      }),
    wake() {
      for (const end of [...sleepers]) end();
    },
  };
}
