/** How long a condition may take; far more than anything here needs. */
const patienceMs = 10_000;

/**
 * Waits until `check` gives undefined. What it gives until then is the reason that is reported when it takes too long.
 */
export async function eventually(check: () => string | undefined | Promise<string | undefined>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const reason = await check();
    if (reason === undefined) return;
    if (performance.now() > deadline) throw new Error(`still not after ${patienceMs} ms: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
