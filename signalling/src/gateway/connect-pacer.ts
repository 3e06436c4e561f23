/** Longer waits help nobody: whoever is told this much asks again and finds the peak gone. */
const longestWaitMs = 10_000;

/** Lets a crowd that comes back at once in one after the other. */
export type ConnectPacer = {
  /** 0 = come in; else come back after so many milliseconds: a place of one's own in the row. */
  waitMs(): number;
};

/**
 * At most `perSecond` are let in during any second; each of the others gets a different time to come back.
 *
 * @param now milliseconds, monotone
 */
export function createConnectPacer(perSecond: number, now: () => number): ConnectPacer {
  const spacingMs = 1_000 / perSecond;
  const admittedAt: number[] = [];
  let lastReservedAt = Number.NEGATIVE_INFINITY;
  return {
    waitMs() {
      const at = now();
      while (admittedAt[0] !== undefined && admittedAt[0] <= at - 1_000) admittedAt.shift();
      const oldest = admittedAt[0];
      if (oldest === undefined || admittedAt.length < perSecond) {
        admittedAt.push(at);
        return 0;
      }
      lastReservedAt = Math.max(lastReservedAt + spacingMs, oldest + 1_000);
      const waitMs = Math.ceil(lastReservedAt - at);
      if (waitMs <= longestWaitMs) return waitMs;
      lastReservedAt = at + longestWaitMs - spacingMs;
      return longestWaitMs;
    },
  };
}
