import type { Mix } from './handling-time.ts';

/** An agent on duty: what is expected to remain of their present handling. Idle ones have nothing left. */
export type Server = { restMs: number; restVarianceMs2: number };

/**
 * How often agents will have become free by a time: at each of `timesMs`, a number that is reached with 90 % (`surely`) and
 * with 10 % probability (`perhaps`). All three grow.
 */
export type Departures = { timesMs: readonly number[]; surely: readonly number[]; perhaps: readonly number[] };

/** 90th percentile of the standard normal distribution. */
const Z_90 = 1.2816;
/** Points of the curves; they lie closer together where times are short. */
const POINTS = 40;
/** More agents than this are represented by so many of them: the law of large numbers does the rest. */
const REPRESENTATIVES = 24;

/**
 * What remains of a handling that has lasted `ageMs`. The mean is the mean residual life of a gamma distribution: the mean
 * at first, falling as time passes, levelling off at the mean times c², the squared coefficient of variation. What remains
 * becomes exponential in the long run.
 */
export function restOf(ageMs: number, { meanMs, varianceMs2 }: Pick<Mix, 'meanMs' | 'varianceMs2'>): Server {
  const variability = variabilityOf(meanMs, varianceMs2);
  const fading = meanMs * (1 - variability);
  const youth = fading <= 0 ? 0 : Math.exp(-Math.max(0, ageMs) / fading);
  const restMs = fading <= 0 ? meanMs : meanMs * variability + fading * youth;
  return { restMs, restVarianceMs2: restMs ** 2 * (youth * variability + (1 - youth)) };
}

/**
 * Each agent's handlings follow one another: the j-th ends after the rest of the present one and j − 1 further ones, whose
 * sum is taken for gamma distributed. Counting those ends over all agents gives mean and variance of the number of
 * departures by a time (a superposition of renewal processes); that number is taken for normal. Exact for no distribution
 * and close for the usual ones: the tests measure how often the truth lies between the curves.
 *
 * @param mix the handling time of the calls that follow
 * @param calls how many departures matter
 */
export function departures(servers: readonly Server[], mix: Mix, calls: number): Departures {
  const horizonMs = 3 * mix.meanMs + (1.5 * calls * mix.meanMs) / Math.max(1, servers.length);
  const sample = representatives(servers);
  const weight = servers.length / Math.max(1, sample.length);
  const relativeError2 = mix.meanMs > 0 ? mix.meanErrorMs2 / mix.meanMs ** 2 : 0;
  const timesMs: number[] = [];
  const surely: number[] = [];
  const perhaps: number[] = [];
  const idle = sample.filter(({ restMs }) => restMs <= 0).length * weight;
  for (let point = 0; point <= POINTS; point += 1) {
    const time = horizonMs * (point / POINTS) ** 2;
    let mean = 0;
    let variance = 0;
    for (const server of sample) {
      const count = countBy(time, server, mix);
      mean += weight * count.mean;
      variance += weight * count.variance;
    }
    // Not knowing the mean exactly matters to all but those who are free already.
    const spread = Z_90 * Math.sqrt(variance + (mean - idle) ** 2 * relativeError2);
    timesMs.push(time);
    surely.push(Math.max(surely.at(-1) ?? 0, mean - spread));
    perhaps.push(Math.max(perhaps.at(-1) ?? 0, mean + spread));
  }
  return { timesMs, surely, perhaps };
}

/**
 * When a curve reaches `departure` (1 = the first agent who becomes free), in milliseconds. The half is the usual correction
 * for taking a whole number for a continuous one.
 */
export function timeOf(departure: number, { timesMs }: Departures, curve: readonly number[]): number {
  const goal = departure - 0.5;
  let low = 0;
  let high = curve.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((curve[middle] ?? 0) < goal) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  // Past the end the last piece goes on.
  const [fromMs = 0, toMs = 0] = [timesMs[low - 1], timesMs[low]];
  const [from = 0, to = 0] = [curve[low - 1], curve[low]];
  return to > from ? fromMs + ((goal - from) / (to - from)) * (toMs - fromMs) : toMs;
}

/** Mean and variance of the number of calls that one agent finishes by a time. */
function countBy(timeMs: number, { restMs, restVarianceMs2 }: Server, mix: Mix): { mean: number; variance: number } {
  const variance = mix.varianceMs2 > mix.meanMs ** 2 ? mix.meanMs ** 2 : mix.varianceMs2;
  let mean = 0;
  let square = 0;
  for (let round = 0; ; round += 1) {
    const probability = gammaCdf(timeMs, restMs + round * mix.meanMs, restVarianceMs2 + round * variance);
    mean += probability;
    square += (2 * round + 1) * probability;
    if (probability < 1e-3 || mix.meanMs <= 0) break;
  }
  return { mean, variance: Math.max(0, square - mean ** 2) };
}

/** Probability that a gamma distributed time with these moments is over (Wilson & Hilferty 1931). */
function gammaCdf(timeMs: number, meanMs: number, varianceMs2: number): number {
  if (meanMs <= 0) return 1;
  if (timeMs <= 0) return 0;
  if (varianceMs2 <= 0) return timeMs >= meanMs ? 1 : 0;
  const spread = varianceMs2 / (9 * meanMs ** 2);
  return normalCdf((Math.cbrt(timeMs / meanMs) - 1 + spread) / Math.sqrt(spread));
}

/** Page 1977: right to four digits. */
function normalCdf(z: number): number {
  return 1 / (1 + Math.exp(-1.5976 * z - 0.070565992 * z ** 3));
}

/** Evenly spread over the agents in the order of what remains to them. */
function representatives(servers: readonly Server[]): Server[] {
  const sorted = [...servers].sort((left, right) => left.restMs - right.restMs);
  if (sorted.length <= REPRESENTATIVES) return sorted;
  const every = sorted.length / REPRESENTATIVES;
  return Array.from({ length: REPRESENTATIVES }, (_, index) => sorted[Math.floor((index + 0.5) * every)]).filter(
    (server) => server !== undefined,
  );
}

/** Squared coefficient of variation, at most 1: longer tails than the exponential's are treated as such. */
function variabilityOf(meanMs: number, varianceMs2: number): number {
  return meanMs <= 0 ? 0 : Math.min(1, varianceMs2 / meanMs ** 2);
}
