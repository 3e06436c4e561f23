import { expect, it, vi } from 'vitest';
import { createWaiting, pauseBefore } from './back-off.ts';

it('[MEDIA-12] pauses double up to a limit, and are spread so that many clients do not meet', () => {
  const middle = () => 0.5;
  expect([1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => pauseBefore(attempt, middle))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
  expect(pauseBefore(1, () => 0)).toBe(125);
  expect(pauseBefore(1, () => 1)).toBe(375);
});

it('[MEDIA-11] waiting ends when its time is over or when it is woken', async () => {
  vi.useFakeTimers();
  const waiting = createWaiting();
  const ended: string[] = [];
  void waiting.wait(1_000).then(() => ended.push('time'));
  void waiting.wait().then(() => ended.push('woken'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toEqual(['time']);
  waiting.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toEqual(['time', 'woken']);
  vi.useRealTimers();
});
