/** Deaths within {@link deathWindowMs} that are still taken for bad luck; one more and something is wrong. */
const toleratedDeaths = 3;
/** How long a death counts, in milliseconds. */
const deathWindowMs = 60_000;

/** The deaths that still count, oldest first, in milliseconds of a monotone clock. */
export type DeathRecord = readonly number[];

/** Adds a death and forgets those that no longer count. */
export function recordDeath(record: DeathRecord, nowMs: number): DeathRecord {
  return [...recentDeaths(record, nowMs), nowMs];
}

/** Whether something keeps killing: new rooms would only feed it. */
export function isTooMany(record: DeathRecord, nowMs: number): boolean {
  return recentDeaths(record, nowMs).length > toleratedDeaths;
}

function recentDeaths(record: DeathRecord, nowMs: number): DeathRecord {
  return record.filter((at) => nowMs - at < deathWindowMs);
}
