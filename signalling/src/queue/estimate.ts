import type { WaitEstimate } from '@bangban/protocol';
import type { Mix } from './handling-time.ts';

/** The agents who may take a call, by how long each one is still occupied in expectation; idle ones with 0. */
export type Servers = { idle: number; remainingMs: readonly number[] };

/** The range is made to hold in 80 of 100 cases: this is the 90th percentile of the standard normal distribution. */
const Z_90 = 1.2816;

/**
 * The expected rest of a handling that has lasted `ageMs`: the mean residual life of a gamma distribution, which is the
 * mean at first, falls as time passes, and levels off at the mean times the squared coefficient of variation.
 */
export function remainingMs(ageMs: number, { meanMs, varianceMs2 }: Pick<Mix, 'meanMs' | 'varianceMs2'>): number {
  const variability = variabilityOf(meanMs, varianceMs2);
  const fading = meanMs * (1 - variability);
  if (fading <= 0) return meanMs;
  return meanMs * variability + fading * Math.exp(-Math.max(0, ageMs) / fading);
}

/**
 * Mean and variance of the wait of a call with `ahead` calls before it.
 *
 * Interpolates between the two cases that have a closed form, by the squared coefficient of variation c² of the handling
 * time: E[W] = (1 − c²)·W(M/D/c) + c²·W(M/M/c) (Björklund & Elldin 1964; Tijms, A First Course in Stochastic Models,
 * §9.6.2). With constant times the agents become free in the order of what remains to them, again and again; with
 * exponential times the k-th departure from n busy agents is Erlang(k, n/m). The variance is the Erlang's, scaled by c²,
 * plus what comes from not knowing the mean exactly. Calls that come later with more priority are not foreseen.
 */
export function waitMoments(ahead: number, servers: Servers, mix: Mix): { meanMs: number; varianceMs2: number } {
  const { meanMs, varianceMs2, meanErrorMs2 } = mix;
  const agents = servers.remainingMs.length;
  const departures = ahead + 1 - servers.idle;
  if (departures <= 0 || agents === 0) return { meanMs: 0, varianceMs2: 0 };
  const variability = variabilityOf(meanMs, varianceMs2);
  const rounds = Math.floor(ahead / agents);
  const constant = (servers.remainingMs[ahead % agents] ?? 0) + rounds * meanMs;
  const exponential = (departures * meanMs) / agents;
  return {
    meanMs: (1 - variability) * constant + variability * exponential,
    varianceMs2: variability * departures * (meanMs / agents) ** 2 + meanErrorMs2 * (departures / agents) ** 2,
  };
}

/**
 * The wait as a range in whole seconds that holds in about 80 of 100 cases.
 *
 * @param ahead calls that will be answered first
 * @param own the agents who could take this call: if nobody else took the calls ahead, it would wait for these
 * @param pool the agents who could take this call or one of those ahead: at best all of them work on the queue
 * @param mix handling time of the calls in this queue
 */
export function estimateWait(options: { ahead: number; own: Servers; pool: Servers; mix: Mix }): WaitEstimate {
  const { ahead, own, pool, mix } = options;
  if (own.remainingMs.length === 0) return { state: 'unknown', why: 'no-agent-on-duty' };
  const best = quantileMs(waitMoments(ahead, pool, mix), -Z_90);
  const worst = quantileMs(waitMoments(ahead, own, mix), Z_90);
  return rangeOf(Math.min(best, worst), worst);
}

/** A range in steps that a person would name: 10 s below two minutes, half minutes below ten, then minutes. */
export function rangeOf(lowMs: number, highMs: number): WaitEstimate {
  const stepOf = (ms: number) => (ms < 120_000 ? 10_000 : ms < 600_000 ? 30_000 : 60_000);
  const low = Math.floor(lowMs / stepOf(lowMs)) * stepOf(lowMs);
  const high = Math.max(1, Math.ceil(highMs / stepOf(highMs))) * stepOf(highMs);
  return { state: 'range', lowSeconds: low / 1000, highSeconds: high / 1000 };
}

/** Quantile of a gamma distribution with these moments (Wilson & Hilferty 1931). */
function quantileMs({ meanMs, varianceMs2 }: { meanMs: number; varianceMs2: number }, z: number): number {
  if (meanMs <= 0) return 0;
  const inverseShape = varianceMs2 / meanMs ** 2;
  return meanMs * Math.max(0, 1 - inverseShape / 9 + z * Math.sqrt(inverseShape / 9)) ** 3;
}

/** Squared coefficient of variation, at most 1: longer tails than the exponential's are treated as such. */
function variabilityOf(meanMs: number, varianceMs2: number): number {
  return meanMs <= 0 ? 0 : Math.min(1, varianceMs2 / meanMs ** 2);
}
