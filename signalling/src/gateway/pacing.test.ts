import { describe, expect, it } from 'vitest';
import { createConnectPacer } from './connect-pacer.ts';
import { createFloodGuard } from './flood-guard.ts';

describe('connect pacer (GATE)', () => {
  it('[GATE-3] a hundred who come back at once are in within 4 s, at most thirty in any second', () => {
    let now = 0;
    const pacer = createConnectPacer(30, () => now);
    const admitted: number[] = [];
    const arrivals = Array.from({ length: 100 }, () => 0);
    while (arrivals.length > 0) {
      arrivals.sort((left, right) => left - right);
      now = arrivals.shift() ?? now;
      const waitMs = pacer.waitMs();
      if (waitMs === 0) admitted.push(now);
      else arrivals.push(now + waitMs);
    }
    expect(admitted).toHaveLength(100);
    expect(Math.max(...admitted)).toBeLessThan(4_000);
    for (const start of admitted) {
      expect(admitted.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(30);
    }
  });

  it('[GATE-3] nobody is sent away for longer than 10 s', () => {
    const pacer = createConnectPacer(1, () => 0);
    expect(Math.max(...Array.from({ length: 1_000 }, () => pacer.waitMs()))).toBe(10_000);
  });
});

describe('flood guard (GATE)', () => {
  it('[GATE-26] lets a busy client through and stops one that sends 5,000 messages a second', () => {
    let now = 0;
    const busy = createFloodGuard(() => now);
    for (let message = 0; message < 600; message += 1) {
      now += 1_000 / 60;
      expect(busy.allows(2_000)).toBe(true);
    }
    const flooding = createFloodGuard(() => now);
    let sent = 0;
    while (flooding.allows(100)) {
      sent += 1;
      now += 0.2;
    }
    expect(sent).toBeLessThan(600);
  });

  it('[GATE-26] counts bytes as well', () => {
    const guard = createFloodGuard(() => 0);
    let sent = 0;
    while (guard.allows(128 * 1024)) sent += 1;
    expect(sent).toBeLessThan(100);
  });
});
