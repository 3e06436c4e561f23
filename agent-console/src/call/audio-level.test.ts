import { expect, it } from 'vitest';
import { meterHeight } from './audio-level.ts';

it.each([
  [0, 0],
  [0.001, 0],
  [0.0316, 0.5],
  [1, 1],
  [2, 1],
])('a root mean square of %f is %f of the meter', (level, height) => {
  expect(meterHeight(level)).toBeCloseTo(height, 2);
});
