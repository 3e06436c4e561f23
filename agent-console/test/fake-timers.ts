import type { Timers } from '../src/ui/timers.ts';

/** Time that a test moves. */
export type FakeTime = {
  timers: Timers;
  nowMs(): number;
  /** Moves on, running what is due in between, and lets promises settle after each. */
  pass(ms: number): Promise<void>;
};

/** Lets everything that waits for a promise run. */
export const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

export function createFakeTime(): FakeTime {
  let now = 1_000;
  const due = new Set<{ atMs: number; run: () => void }>();
  return {
    nowMs: () => now,
    timers: {
      after(delayMs, run) {
        const entry = { atMs: now + delayMs, run };
        due.add(entry);
        return () => due.delete(entry);
      },
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = [...due].filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        due.delete(next);
        now = next.atMs;
        next.run();
      }
      now = end;
      await settle();
    },
  };
}
