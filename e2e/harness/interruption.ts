import { eventually, wallClockMs } from './eventually.ts';
import type { Person } from './people.ts';
import type { Senses } from './senses.ts';

/** What is buffered still plays for a moment after a fault; only later is a picture a sign of recovery. */
const settleMs = 1_000;

/**
 * Waits until somebody is seen moving after a fault, and gives the longest time without a new frame around it.
 *
 * @param faultAtMs when it happened, on the wall clock
 */
export async function interruptionOf(
  person: Person,
  options: { at: Senses; faultAtMs: number; withinMs?: number },
): Promise<number> {
  const { at, faultAtMs, withinMs = 30_000 } = options;
  await eventually(
    async () => {
      const now = wallClockMs();
      if (now - faultAtMs < settleMs) return 'it is too soon to tell';
      const { distinct } = await at.picture(person.face, now - 500);
      return distinct >= 4 ? undefined : `${person.name} is not seen: ${distinct} different frames in half a second`;
    },
    { withinMs },
  );
  return (await at.picture(person.face, faultAtMs - 200)).longestGapMs;
}
