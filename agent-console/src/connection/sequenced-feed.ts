import { type Problem, toProblem } from '../errors/problem.ts';
import type { Timers } from '../ui/timers.ts';

/** How far a list that is kept by its changes can be trusted. */
export type FeedState =
  | { state: 'loading' }
  | { state: 'current' }
  /** A change was missed: what is shown may be old, a snapshot is on its way. */
  | { state: 'catching-up' }
  /** The snapshot was refused; it is asked for again by itself. */
  | { state: 'failed'; problem: Problem };

/** A list that the server sends once as a whole and then by numbered changes. */
export type SequencedFeed<Snapshot, Change> = {
  /** A whole list that came by itself: it replaces everything held. */
  welcome(snapshot: Snapshot): void;
  changed(change: Change): void;
  /** Asks for the whole list; changes that arrive meanwhile are applied to it. */
  catchUp(): void;
  close(): void;
};

/** How long after a refused snapshot the next one is asked for. */
export const SNAPSHOT_RETRY_MS = 2_000;

/** Knows the numbers only; what a list is made of is the caller's business. `tell` runs after every adoption and change. */
export function createSequencedFeed<Snapshot extends { sequence: number }, Change extends { sequence: number }>(parts: {
  snapshot(): Promise<Snapshot>;
  replace(snapshot: Snapshot): void;
  apply(change: Change): void;
  tell(state: FeedState): void;
  timers: Timers;
}): SequencedFeed<Snapshot, Change> {
  const { snapshot, replace, apply, tell, timers } = parts;
  let sequence = -1;
  /** What arrives while a snapshot is on its way; null while none is. */
  let early: Change[] | null = null;
  let cancelRetry = () => {};

  const adopt = (list: Snapshot) => {
    const followers = early ?? [];
    early = null;
    sequence = list.sequence;
    replace(list);
    for (const change of followers) {
      if (change.sequence <= sequence) continue;
      if (change.sequence !== sequence + 1) return catchUp();
      sequence = change.sequence;
      apply(change);
    }
    tell({ state: 'current' });
  };

  function catchUp(): void {
    const asked: Change[] = [];
    early = asked;
    tell(sequence < 0 ? { state: 'loading' } : { state: 'catching-up' });
    snapshot().then(
      (list) => {
        // A newer question or a new connection makes this answer old.
        if (early === asked) adopt(list);
      },
      (thrown: unknown) => {
        if (early !== asked) return;
        tell({ state: 'failed', problem: toProblem(thrown) });
        cancelRetry = timers.after(SNAPSHOT_RETRY_MS, () => {
          if (early === asked) catchUp();
        });
      },
    );
  }

  return {
    welcome(list) {
      early = null;
      adopt(list);
    },
    changed(change) {
      if (early === null && change.sequence > sequence + 1) catchUp();
      if (early !== null) early.push(change);
      else if (change.sequence === sequence + 1) {
        sequence = change.sequence;
        apply(change);
        tell({ state: 'current' });
      }
    },
    catchUp,
    close() {
      early = null;
      cancelRetry();
    },
  };
}
