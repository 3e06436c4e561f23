import type { ServiceCode } from '@bangban/protocol';

/**
 * How long an agent is occupied with one call of a service item: from the offer to the end of the wrap-up. Mean and
 * variance of what was measured, together with a prior that counts as a few calls.
 */
export type HandlingTime = { serviceCode: ServiceCode; calls: number; meanMs: number; varianceMs2: number };

/** Before anything is measured: five minutes, give or take four. Assisted government services take 3 to 10 minutes. */
const PRIOR_MEAN_MS = 300_000;
const PRIOR_VARIANCE_MS2 = 240_000 ** 2;
/** The prior is worth this many calls: a handful of measurements outweighs it. */
const PRIOR_CALLS = 4;
/** Older calls fade: the estimate follows a change of habits within a few hundred calls. */
const MEMORY_CALLS = 200;

export function unmeasured(serviceCode: ServiceCode): HandlingTime {
  return { serviceCode, calls: 0, meanMs: PRIOR_MEAN_MS, varianceMs2: PRIOR_VARIANCE_MS2 };
}

/** How many calls the mean rests on, prior included. */
function weightOf({ calls }: HandlingTime): number {
  return Math.min(calls, MEMORY_CALLS) + PRIOR_CALLS;
}

/** Takes one more call into account (West 1979, with the weight of old calls bounded). */
export function learn(time: HandlingTime, durationMs: number): HandlingTime {
  const next = { ...time, calls: time.calls + 1 };
  const share = 1 / weightOf(next);
  const deviation = durationMs - time.meanMs;
  return {
    ...next,
    meanMs: time.meanMs + share * deviation,
    varianceMs2: (1 - share) * (time.varianceMs2 + share * deviation * deviation),
  };
}

/** Mean, variance, and the variance of the mean itself, of a call drawn from a mix of service items. */
export type Mix = { meanMs: number; varianceMs2: number; meanErrorMs2: number };

export function mixOf(parts: Iterable<{ time: HandlingTime; calls: number }>): Mix {
  let total = 0;
  let sum = 0;
  let squares = 0;
  let errors = 0;
  for (const { time, calls } of parts) {
    total += calls;
    sum += calls * time.meanMs;
    squares += calls * (time.varianceMs2 + time.meanMs ** 2);
    errors += calls * (time.varianceMs2 / weightOf(time));
  }
  if (total === 0) {
    return { meanMs: PRIOR_MEAN_MS, varianceMs2: PRIOR_VARIANCE_MS2, meanErrorMs2: PRIOR_VARIANCE_MS2 / PRIOR_CALLS };
  }
  const meanMs = sum / total;
  return { meanMs, varianceMs2: squares / total - meanMs ** 2, meanErrorMs2: errors / total };
}
