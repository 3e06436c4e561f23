/** Waits until `reason` gives nothing; says the last reason when it does not in time. */
export async function eventually<Value>(
  look: () => Promise<Value | string> | Value | string,
  timeoutMs = 10_000,
): Promise<Exclude<Value, string>> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (typeof seen !== 'string') return seen as Exclude<Value, string>;
    if (performance.now() > endsAt) throw new Error(`still not after ${timeoutMs} ms: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
