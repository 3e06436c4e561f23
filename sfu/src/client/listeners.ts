/** Listeners of one thing that changes. A listener that throws does not keep the others from hearing. */
export type Listeners = {
  /** Returns the unsubscription. */
  add(listener: () => void): () => void;
  notify(): void;
  clear(): void;
};

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    add(listener) {
      // The same function may subscribe twice; each subscription ends by itself.
      const entry = () => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    notify() {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          reportError(error);
        }
      }
    },
    clear: () => listeners.clear(),
  };
}
