import type { ServiceCode, WaitEstimate } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { departures, restOf } from './departures.ts';
import { estimateWait, rangeOf } from './estimate.ts';
import { type HandlingTime, learn, mixOf, unmeasured } from './handling-time.ts';

const code = 's1' as ServiceCode;

/** Seeded (mulberry32), so that every run simulates the same calls. */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const exponential = (mean: number, random: () => number) => -mean * Math.log(1 - random());
/** Kinds of handling time, as draws with the given mean. */
const kinds = {
  exponential: (mean: number, random: () => number) => exponential(mean, random),
  'Erlang-4': (mean: number, random: () => number) =>
    [1, 2, 3, 4].reduce((sum) => sum + exponential(mean / 4, random), 0),
  uniform: (mean: number, random: () => number) => mean * (0.5 + random()),
  'log-normal': (mean: number, random: () => number) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const sigma = 0.7;
    return mean * Math.exp(sigma * normal - sigma ** 2 / 2);
  },
};

/** How often the true wait lies in the estimated range, over simulated queues that are looked at at a random moment. */
function coverage(kind: keyof typeof kinds, agents: number, ahead: number): number {
  const meanMs = 300_000;
  const random = randomSource(agents * 1_000 + ahead);
  const draw = () => kinds[kind](meanMs, random);
  let time: HandlingTime = unmeasured(code);
  for (let call = 0; call < 300; call += 1) time = learn(time, draw());
  const mix = mixOf([{ time, calls: 1 }]);

  const rounds = agents > 10 ? 200 : 600;
  let hits = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Each agent has been at work for a while: their calls follow one another, and the moment is somewhere in one of them.
    const moment = meanMs * (5 + random() * 5);
    const busy = Array.from({ length: agents }, () => {
      let start = 0;
      let end = draw();
      while (end <= moment) {
        start = end;
        end += draw();
      }
      return { ageMs: moment - start, restMs: end - moment };
    });
    const curves = departures(
      busy.map(({ ageMs }) => restOf(ageMs, mix)),
      mix,
      ahead + 1,
    );
    const estimate = estimateWait(ahead, { own: curves, pool: curves });
    const free = busy.map(({ restMs }) => restMs);
    let wait = 0;
    for (let call = 0; call <= ahead; call += 1) {
      wait = Math.min(...free);
      free[free.indexOf(wait)] = wait + draw();
    }
    const isHit =
      estimate.state === 'range' && wait >= estimate.lowSeconds * 1_000 && wait <= estimate.highSeconds * 1_000;
    if (isHit) hits += 1;
  }
  return hits / rounds;
}

describe('estimate', () => {
  const situations = [
    { agents: 1, ahead: 0 },
    { agents: 1, ahead: 4 },
    { agents: 3, ahead: 0 },
    { agents: 3, ahead: 8 },
    { agents: 10, ahead: 2 },
    { agents: 10, ahead: 40 },
    { agents: 50, ahead: 200 },
  ];
  const shares: number[] = [];
  const cases = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
    situations.map((situation) => ({ kind, ...situation })),
  );

  it.each(cases)(
    '[QUEUE-10] holds in about 80 of 100: $kind, $agents agents, $ahead ahead',
    ({ kind, agents, ahead }) => {
      const share = coverage(kind, agents, ahead);
      shares.push(share);
      expect(share).toBeGreaterThan(0.77);
    },
  );

  it('[QUEUE-10] is no wider than need be', () => {
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(shares).toHaveLength(cases.length);
    expect(mean).toBeLessThan(0.93);
  });

  const busy = { restMs: 300_000, restVarianceMs2: 200_000 ** 2 };
  const idle = { restMs: 0, restVarianceMs2: 0 };
  const secondsOf = (estimate: WaitEstimate) =>
    estimate.state === 'range' ? ([estimate.lowSeconds, estimate.highSeconds] as const) : expect.unreachable();

  it('[QUEUE-10] is wider while little is known', () => {
    const width = (time: HandlingTime) => {
      const curves = departures([busy, busy], mixOf([{ time, calls: 1 }]), 6);
      const [low, high] = secondsOf(estimateWait(5, { own: curves, pool: curves }));
      return high - low;
    };
    let known = unmeasured(code);
    for (let call = 0; call < 100; call += 1) known = learn(known, call % 2 === 0 ? 60_000 : 540_000);
    expect(width(known)).toBeLessThan(width({ ...known, calls: 0 }));
  });

  it('[QUEUE-10] the best case counts all who help with the calls ahead, the worst only those who can take this one', () => {
    const own = departures([busy], mixOf([]), 7);
    const pool = departures([busy, busy, busy], mixOf([]), 7);
    const alone = secondsOf(estimateWait(6, { own, pool: own }));
    const together = secondsOf(estimateWait(6, { own, pool }));
    expect(together[1]).toBe(alone[1]);
    expect(together[0]).toBeLessThan(alone[0]);
  });

  it('[QUEUE-10] grows with the place in the queue, also beyond the calls that were counted on', () => {
    const curves = departures([busy, busy], mixOf([]), 10);
    const highs = [0, 3, 9, 30, 100].map((ahead) => secondsOf(estimateWait(ahead, { own: curves, pool: curves }))[1]);
    expect(highs).toEqual([...new Set(highs)].sort((left, right) => left - right));
  });

  it('[QUEUE-11] is unknown with nobody on duty', () => {
    const pool = departures([], mixOf([]), 1);
    expect(estimateWait(0, { own: undefined, pool })).toEqual({ state: 'unknown', why: 'no-agent-on-duty' });
  });

  it('[QUEUE-10] is next to nothing while agents are idle', () => {
    const curves = departures([idle, idle, busy], mixOf([]), 2);
    expect(secondsOf(estimateWait(1, { own: curves, pool: curves }))).toEqual([0, 10]);
  });

  it.each([
    [0, 0, 0, 10],
    [14_000, 61_000, 10, 70],
    [130_000, 250_000, 120, 270],
    [599_000, 601_000, 570, 660],
  ])('[QUEUE-12] %i to %i ms is %i to %i s', (lowMs, highMs, lowSeconds, highSeconds) => {
    expect(rangeOf(lowMs, highMs)).toEqual({ state: 'range', lowSeconds, highSeconds });
  });
});

describe('handling time', () => {
  it('[QUEUE-9] a handful of measurements outweighs the prior', () => {
    let time = unmeasured(code);
    expect(time.meanMs).toBe(300_000);
    for (let call = 0; call < 12; call += 1) time = learn(time, 60_000);
    expect(time.meanMs).toBeCloseTo(120_000, -2);
  });

  it('[QUEUE-9] mean and variance approach those of the calls, and follow when they change', () => {
    let time = unmeasured(code);
    for (let call = 0; call < 2_000; call += 1) time = learn(time, call % 2 === 0 ? 100_000 : 200_000);
    expect(time.meanMs).toBeCloseTo(150_000, -4);
    expect(Math.sqrt(time.varianceMs2)).toBeCloseTo(50_000, -4);
    for (let call = 0; call < 800; call += 1) time = learn(time, 400_000);
    expect(time.meanMs).toBeGreaterThan(390_000);
  });

  it('[QUEUE-9] a mix weighs the service items by their calls', () => {
    const short = { ...unmeasured(code), meanMs: 100_000, varianceMs2: 0 };
    const long = { ...unmeasured(code), meanMs: 400_000, varianceMs2: 0 };
    const { meanMs, varianceMs2 } = mixOf([
      { time: short, calls: 2 },
      { time: long, calls: 1 },
    ]);
    expect(meanMs).toBe(200_000);
    expect(varianceMs2).toBeCloseTo((2 * 100_000 ** 2 + 200_000 ** 2) / 3, 0);
  });

  it('[QUEUE-13] the longer an agent has been busy, the sooner they are free', () => {
    const time = { meanMs: 300_000, varianceMs2: 150_000 ** 2 };
    const rests = [0, 60_000, 300_000, 3_000_000].map((age) => restOf(age, time).restMs);
    expect(rests[0]).toBe(300_000);
    expect(rests).toEqual([...rests].sort((left, right) => right - left));
    expect(rests[3]).toBeCloseTo(75_000, 0);
    // With exponential times the past says nothing.
    expect(restOf(900_000, { meanMs: 300_000, varianceMs2: 300_000 ** 2 }).restMs).toBe(300_000);
  });
});
