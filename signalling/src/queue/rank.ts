/**
 * Where a call stands in the queue: the lowest rank is first. Ageing is linear: one step of priority is worth a fixed time
 * of waiting, so a call can be overtaken only by calls that come less than `9 × priorityStepMs` after it, and nobody starves.
 * Nothing has to be recomputed while time passes.
 *
 * @param requestedAtMs desk time
 * @param priority 0 (normal) to 9 (most urgent)
 */
export function rankOf(requestedAtMs: number, priority: number, priorityStepMs: number): number {
  return requestedAtMs - priority * priorityStepMs;
}

/** The lowest rank that a call requested now can get: that of the most urgent priority. */
export function newcomersRank(nowMs: number, priorityStepMs: number): number {
  return rankOf(nowMs, 9, priorityStepMs);
}
