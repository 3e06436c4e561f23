/** Far above what a healthy client sends (a page view in a call: about 60 messages/s), far below what hurts others. */
const sustained = { messagesPerSecond: 100, bytesPerSecond: 2_000_000 };
/** A client that comes back may catch up for this long at once. */
const burstSeconds = 5;

/** Watches what one connection sends, whatever it is, valid or not. */
export type FloodGuard = {
  /** @returns false when the connection has sent too much and must go */
  allows(bytes: number): boolean;
};

/** @param now milliseconds, monotone */
export function createFloodGuard(now: () => number): FloodGuard {
  const capacity = {
    messages: sustained.messagesPerSecond * burstSeconds,
    bytes: sustained.bytesPerSecond * burstSeconds,
  };
  let { messages, bytes } = capacity;
  let refilledAt = now();
  return {
    allows(size) {
      const at = now();
      const seconds = (at - refilledAt) / 1_000;
      refilledAt = at;
      messages = Math.min(capacity.messages, messages + seconds * sustained.messagesPerSecond) - 1;
      bytes = Math.min(capacity.bytes, bytes + seconds * sustained.bytesPerSecond) - size;
      return messages >= 0 && bytes >= 0;
    },
  };
}
