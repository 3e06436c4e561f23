/** A value that changes and tells so. What a controller shows to its hook. */
export type Readable<State> = {
  get(): State;
  /** Runs after every change. Returns the unsubscription. */
  subscribe(listener: () => void): () => void;
};

/** The writing end; only its controller holds it. */
export type Store<State> = Readable<State> & {
  /** Tells nobody when nothing changed (same reference). */
  set(next: State): void;
};

/** A store without a framework: listeners run synchronously, in the order in which they subscribed. */
export function createStore<State>(initial: State): Store<State> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(next) {
      if (Object.is(next, current)) return;
      current = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
