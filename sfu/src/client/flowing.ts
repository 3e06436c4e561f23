import type { Incoming } from './receiving.ts';

/** How long to wait for a picture when there is sound already, or for anything at all, in milliseconds. */
export const patienceMs = 2_000;

/**
 * Whether the other side is there, as far as its devices allow: its picture has arrived; or its sound, and no picture is
 * coming; or it sends nothing.
 *
 * @param waitedMs since the call was opened
 */
export function isFlowing(incoming: readonly Incoming[], waitedMs: number): boolean {
  const expected = incoming.filter(({ muted }) => !muted);
  if (expected.some(({ kind, hasArrived }) => kind === 'video' && hasArrived)) return true;
  const isPictureExpected = expected.some(({ kind }) => kind === 'video');
  const hasSound = expected.some(({ hasArrived }) => hasArrived);
  if (hasSound && !isPictureExpected) return true;
  if (waitedMs < patienceMs) return false;
  return hasSound || expected.length === 0;
}
