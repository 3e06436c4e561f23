import { describe, expect, it } from 'vitest';
import { createPasswords, owaspCost } from './passwords.ts';

const fast = createPasswords({ memoryKiB: 64, passes: 1, parallelism: 1 });

describe('passwords (ACCESS)', () => {
  it('[ACCESS-6] are stored as Argon2id with at least the cost that OWASP asks for', async () => {
    const stored = await createPasswords().hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(owaspCost.memoryKiB * owaspCost.passes).toBeGreaterThanOrEqual(19_456 * 2);
  });

  it('[ACCESS-6] match themselves and nothing else, with a salt of their own', async () => {
    const [first, second] = [await fast.hash('päss'), await fast.hash('päss')];
    expect(first).not.toBe(second);
    expect(await fast.matches('päss', first)).toBe(true);
    expect(await fast.matches('pa\u0308ss', first)).toBe(true);
    expect(await fast.matches('pass', first)).toBe(false);
  });

  it('[ACCESS-6] an unknown account costs as much as a wrong password', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('right');
    const timed = async (hash: string | undefined) => {
      const startedAt = performance.now();
      expect(await passwords.matches('wrong', hash)).toBe(false);
      return performance.now() - startedAt;
    };
    // The fastest of several, taken in turn: what else the machine does only ever adds.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let run = 0; run < 6; run += 1) {
      known = Math.min(known, await timed(stored));
      unknown = Math.min(unknown, await timed(undefined));
    }
    expect(unknown).toBeGreaterThan(known * 0.5);
    expect(unknown).toBeLessThan(known * 2);
  });

  it('[ACCESS-6] a crowd waits in turn, and who is too many is told to come back', async () => {
    const stored = await fast.hash('right');
    const attempts = Array.from({ length: 150 }, () => fast.matches('right', stored));
    const results = await Promise.allSettled(attempts);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(results.length - refused.length).toBe(102);
    expect(refused.every(({ reason }) => reason.code === 'rate-limited')).toBe(true);
    expect(await fast.matches('right', stored)).toBe(true);
  });
});
