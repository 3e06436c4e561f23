/** One attempt to sign in: the account as typed, and the network address it comes from. */
type Attempt = { account: string; source: string };

/** Slows down guessing without locking out the people who own the accounts. Decides only; remembers in memory. */
export type SignInThrottle = {
  /** How long this attempt has to wait, in milliseconds; 0 = go on. */
  waitMs(attempt: Attempt): number;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
};

type Tally = { failures: number; blockedUntil: number; lastAt: number };

/** Failures that cost nothing, and how long the first block is; it doubles with each further failure. */
type Patience = { free: number; firstBlockMs: number; longestBlockMs: number };

/** A person who mistypes: five tries, then half a minute. */
const perAccountAndSource: Patience = { free: 5, firstBlockMs: 30_000, longestBlockMs: 900_000 };
/** Guessing at one account from many addresses. */
const perAccount: Patience = { free: 20, firstBlockMs: 30_000, longestBlockMs: 300_000 };
/** Guessing at many accounts from one address, which a whole hall may share. */
const perSource: Patience = { free: 50, firstBlockMs: 30_000, longestBlockMs: 900_000 };

/** Failures older than this are forgotten. */
const memoryMs = 3_600_000;
/** Bounds the memory that a flood of invented names can take: about 2 MB. */
const maxTallies = 20_000;

/**
 * Accounts and addresses are counted apart and together. Where an account has signed in from an address before, only
 * failures of that very pair count, so that guessing from elsewhere (or by a neighbour in the hall) locks nobody out.
 *
 * @param now milliseconds, monotone
 */
export function createSignInThrottle(now: () => number): SignInThrottle {
  const tallies = new Map<string, Tally>();
  const knownPairs = new Map<string, true>();

  const pairKey = ({ account, source }: Attempt) => `pair ${source} ${account}`;
  const keysOf = (attempt: Attempt): [string, Patience][] => {
    const pair: [string, Patience] = [pairKey(attempt), perAccountAndSource];
    if (knownPairs.has(pairKey(attempt))) return [pair];
    return [pair, [`account ${attempt.account}`, perAccount], [`source ${attempt.source}`, perSource]];
  };

  function tallyOf(key: string): Tally | undefined {
    const tally = tallies.get(key);
    if (tally && now() - tally.lastAt <= memoryMs) return tally;
    tallies.delete(key);
    return undefined;
  }

  return {
    waitMs(attempt) {
      const waits = keysOf(attempt).map(([key]) => (tallyOf(key)?.blockedUntil ?? 0) - now());
      return Math.max(0, ...waits);
    },
    failed(attempt) {
      for (const [key, patience] of keysOf(attempt)) {
        const failures = (tallyOf(key)?.failures ?? 0) + 1;
        const excess = failures - patience.free;
        const blockMs = excess < 0 ? 0 : Math.min(patience.longestBlockMs, patience.firstBlockMs * 2 ** excess);
        // Set anew, so that the oldest entry is always the first one.
        tallies.delete(key);
        tallies.set(key, { failures, blockedUntil: now() + blockMs, lastAt: now() });
      }
      keepNewest(tallies);
    },
    succeeded(attempt) {
      const key = pairKey(attempt);
      tallies.delete(key);
      knownPairs.delete(key);
      knownPairs.set(key, true);
      keepNewest(knownPairs);
    },
  };
}

function keepNewest(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) {
    if (entries.size <= maxTallies) return;
    entries.delete(key);
  }
}
