import { setTimeout as pause } from 'node:timers/promises';

/** Why something is not yet true, or undefined when it is. */
export type WhyNotYet = () => string | undefined | Promise<string | undefined>;

export type EventuallyOptions = {
  /** How long it may take. Generous by default: the machine that runs all tests is busy. */
  withinMs?: number;
  everyMs?: number;
};

/**
 * Waits until there is no reason left why something is not yet true.
 *
 * @throws an error with the last reason when it did not come true in time
 */
export async function eventually(whyNotYet: WhyNotYet, options: EventuallyOptions = {}): Promise<void> {
  const { withinMs = 15_000, everyMs = 50 } = options;
  const deadline = performance.now() + withinMs;
  for (;;) {
    const reason = await whyNotYet();
    if (reason === undefined) return;
    if (performance.now() >= deadline) throw new Error(`Not within ${withinMs} ms: ${reason}`);
    await pause(everyMs);
  }
}

/** Milliseconds since 1970 with fractions, on the clock that pages on this machine share. */
export function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}
