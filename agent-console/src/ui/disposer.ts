/** Collects what must be undone when a controller closes. */
export type Disposer = {
  add(...undo: (() => unknown)[]): void;
  /** Undoes everything once, the newest first. Idempotent. */
  close(): void;
};

/** An empty disposer. What is added after `close` is undone at once. */
export function createDisposer(): Disposer {
  const pending: (() => unknown)[] = [];
  let closed = false;
  return {
    add(...undo) {
      if (closed) for (const run of undo) run();
      else pending.push(...undo);
    },
    close() {
      closed = true;
      while (pending.length > 0) pending.pop()?.();
    },
  };
}
