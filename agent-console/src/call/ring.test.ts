import { describe, expect, it } from 'vitest';
import { settle } from '../../test/fake-timers.ts';
import { createRing } from './ring.ts';

function ringOf({ allowed }: { allowed: boolean }) {
  const rings: number[] = [];
  let tick: (() => void) | null = null;
  let isAllowed = allowed;
  let gesture = () => {};
  const ring = createRing({
    sounder: {
      allowed: () => isAllowed,
      running: () => isAllowed,
      unlock: () =>
        new Promise((resolve) => {
          gesture = () => {
            isAllowed = true;
            resolve(true);
          };
        }),
      ring: (volume) => rings.push(volume),
      silence: () => undefined,
      close: () => undefined,
    },
    every: (_intervalMs, run) => {
      tick = run;
      return () => {
        tick = null;
      };
    },
    volume: 0.5,
    saveVolume: () => undefined,
  });
  return { ring, rings, tick: () => tick?.(), isTicking: () => tick !== null, gesture: () => gesture() };
}

describe('ring (CONSOLE)', () => {
  it('[CONSOLE-18] rings at once, again and again, until it is stopped', () => {
    const { ring, rings, tick, isTicking } = ringOf({ allowed: true });
    ring.start();
    ring.start();
    tick();
    expect(rings).toEqual([0.5, 0.5]);
    ring.stop();
    expect([isTicking(), ring.get().ringing]).toEqual([false, false]);
  });

  it('[CONSOLE-18] the volume counts from the next ring on', () => {
    const { ring, rings } = ringOf({ allowed: true });
    ring.setVolume(0.9);
    ring.tryOut();
    expect(rings).toEqual([0.9]);
  });

  it('[CONSOLE-18] says that the browser is silent until the agent has touched the page', async () => {
    const { ring, gesture } = ringOf({ allowed: false });
    expect(ring.get().sound).toBe('blocked');
    ring.unlock();
    gesture();
    await settle();
    expect(ring.get().sound).toBe('ready');
  });
});
