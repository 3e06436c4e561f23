import { describe, expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

function clockAt(start: number) {
  let nowMs = start;
  const clock = createServerClock(() => nowMs);
  return {
    clock,
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe('server clock (CONSOLE)', () => {
  it('[CONSOLE-9] goes by what the server says, not by the PC', () => {
    const { clock, pass } = clockAt(500);
    clock.observe(1_900_000_000_000);
    pass(1_500);
    expect(clock.now()).toBe(1_900_000_001_500);
  });

  it('[CONSOLE-9] a delayed message does not set it back', () => {
    const { clock, pass } = clockAt(0);
    clock.observe(1_000_000);
    pass(2_000);
    // Sent at 1 001 200, on its way for 800 ms.
    clock.observe(1_001_200);
    expect(clock.now()).toBe(1_002_000);
  });

  it('[CONSOLE-9] follows a server whose clock was set', () => {
    const { clock, pass } = clockAt(0);
    clock.observe(1_000_000);
    pass(1_000);
    clock.observe(900_000);
    expect(clock.now()).toBe(900_000);
  });

  it('[CONSOLE-9] forgets old samples, so that a PC that runs fast is followed', () => {
    const { clock, pass } = clockAt(0);
    clock.observe(1_000_000);
    for (let sample = 1; sample <= 40; sample += 1) {
      pass(1_010);
      clock.observe(1_000_000 + sample * 1_000);
    }
    // The newest 32 samples are at most 310 ms apart; the oldest of them counts.
    expect(clock.now()).toBeLessThanOrEqual(1_040_000 + 310);
    expect(clock.now()).toBeGreaterThanOrEqual(1_040_000);
  });
});
