/** Allows so many, and no more. */
export type TokenBucket = { take(): boolean };

/**
 * A token bucket: allows `perMinute` requests a minute on average and a third of that in one burst.
 *
 * @param perMinute requests per minute, at least 3 in a burst
 * @param now milliseconds, monotone
 */
export function createTokenBucket(perMinute: number, now: () => number): TokenBucket {
  const capacity = Math.max(3, perMinute / 3);
  const perMs = perMinute / 60_000;
  let tokens = capacity;
  let refilledAt = now();
  return {
    take() {
      const at = now();
      tokens = Math.min(capacity, tokens + (at - refilledAt) * perMs);
      refilledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
