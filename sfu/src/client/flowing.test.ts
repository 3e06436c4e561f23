import { expect, it } from 'vitest';
import { isFlowing, patienceMs } from './flowing.ts';
import type { Incoming } from './receiving.ts';

const video = (facts: Partial<Incoming> = {}): Incoming => ({
  kind: 'video',
  muted: false,
  hasArrived: false,
  ...facts,
});
const audio = (facts: Partial<Incoming> = {}): Incoming => ({
  kind: 'audio',
  muted: false,
  hasArrived: false,
  ...facts,
});

it.each([
  ['a picture has arrived', [video({ hasArrived: true }), audio()], 0, true],
  ['sound has arrived and a picture is still expected', [video(), audio({ hasArrived: true })], 0, false],
  ['sound has arrived and the picture is overdue', [video(), audio({ hasArrived: true })], patienceMs, true],
  ['sound has arrived and the camera is off', [video({ muted: true }), audio({ hasArrived: true })], 0, true],
  ['nothing has arrived of what is expected', [video(), audio()], patienceMs * 5, false],
  ['there is nothing yet', [], patienceMs - 1, false],
  ['there is nothing at all', [], patienceMs, true],
  ['everything is muted', [video({ muted: true }), audio({ muted: true })], patienceMs, true],
] as const)('[MEDIA-2] %s', (_name, incoming, waitedMs, expected) => {
  expect(isFlowing(incoming, waitedMs)).toBe(expected);
});
