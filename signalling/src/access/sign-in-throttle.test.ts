import { beforeEach, describe, expect, it } from 'vitest';
import { createSignInThrottle, type SignInThrottle } from './sign-in-throttle.ts';

let now: number;
let throttle: SignInThrottle;
beforeEach(() => {
  now = 1_000_000;
  throttle = createSignInThrottle(() => now);
});

const home = { account: 'agent1', source: '10.0.0.5' };

function fail(attempt: { account: string; source: string }, times: number): number {
  let refused = 0;
  for (let index = 0; index < times; index += 1) {
    if (throttle.waitMs(attempt) > 0) refused += 1;
    else throttle.failed(attempt);
  }
  return refused;
}

describe('sign-in throttle (ACCESS)', () => {
  it('[ACCESS-9] forgives five mistakes, then makes the same person wait longer each time', () => {
    fail(home, 4);
    expect(throttle.waitMs(home)).toBe(0);
    throttle.failed(home);
    expect(throttle.waitMs(home)).toBe(30_000);
    now += 30_000;
    throttle.failed(home);
    expect(throttle.waitMs(home)).toBe(60_000);
    now += 60_000;
    expect(throttle.waitMs(home)).toBe(0);
  });

  it('[ACCESS-9] a success forgives the mistakes before it', () => {
    fail(home, 4);
    throttle.succeeded(home);
    fail(home, 4);
    expect(throttle.waitMs(home)).toBe(0);
  });

  it('[ACCESS-10] slows guessing at one account from many addresses', () => {
    const refused = Array.from({ length: 100 }, (_, index) =>
      fail({ account: 'agent1', source: `10.1.0.${index}` }, 1),
    );
    expect(refused.filter(Boolean)).toHaveLength(80);
  });

  it('[ACCESS-10] slows guessing at many accounts from one address', () => {
    const refused = Array.from({ length: 100 }, (_, index) =>
      fail({ account: `user${index}`, source: '10.9.9.9' }, 10),
    );
    const attempts = 1_000 - refused.reduce((sum, each) => sum + each, 0);
    expect(attempts).toBeLessThanOrEqual(50);
  });

  it('[ACCESS-10] guessing locks out nobody who signed in from where they sit before', () => {
    throttle.succeeded(home);
    for (let index = 0; index < 100; index += 1) fail({ account: 'agent1', source: `10.1.0.${index}` }, 10);
    for (let index = 0; index < 100; index += 1) fail({ account: `user${index}`, source: home.source }, 10);
    expect(throttle.waitMs(home)).toBe(0);
  });

  it('[ACCESS-10] guessing at some accounts locks out no other account elsewhere', () => {
    for (let index = 0; index < 100; index += 1) fail({ account: `user${index}`, source: '10.9.9.9' }, 10);
    expect(throttle.waitMs({ account: 'agent2', source: '10.0.0.6' })).toBe(0);
  });

  it('[ACCESS-10] remembers a bounded number of names', () => {
    for (let index = 0; index < 30_000; index += 1) throttle.failed({ account: `u${index}`, source: `s${index}` });
    fail(home, 5);
    expect(throttle.waitMs(home)).toBeGreaterThan(0);
  });
});
