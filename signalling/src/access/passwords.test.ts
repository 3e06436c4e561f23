import { argon2 } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createPasswords, owaspCost } from './passwords.ts';

// The real thing, watched: time would say more about what else the machine does than about the work.
vi.mock('node:crypto', { spy: true });

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

  it('[ACCESS-6] an unknown account costs the very work that a wrong password costs', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('right');
    const workOf = async (hash: string | undefined) => {
      vi.mocked(argon2).mockClear();
      expect(await passwords.matches('wrong', hash)).toBe(false);
      return vi.mocked(argon2).mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength }]) => {
        return { algorithm, memory, passes, parallelism, tagLength };
      });
    };
    const known = await workOf(stored);
    expect(known).toHaveLength(1);
    expect(await workOf(undefined)).toEqual(known);
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
