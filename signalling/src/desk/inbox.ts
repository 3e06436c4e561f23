import { AssistError } from '@bangban/protocol';
import type { CommandKey, Decided } from './command-memory.ts';
import type { AnyCommand } from './deciding.ts';

/** A command that waits for its turn, and whoever waits for its result. */
export type Waiter = {
  command: AnyCommand;
  key: CommandKey | undefined;
  answer: (decided: Decided) => void;
  fail: (error: unknown) => void;
};

/** Kinds of command that somebody asks for and may ask for again. All others tell of facts. */
const requests: ReadonlySet<AnyCommand['type']> = new Set([
  'request-call',
  'end-by-resident',
  'set-availability',
  'accept-offer',
  'decline-offer',
  'hold-call',
  'resume-call',
  'end-by-agent',
  'finish-wrap-up',
  'media-flowing',
]);

/**
 * Whether the command tells of something that has happened (a socket closed, a room opened, time passed). It stays true
 * when the store cannot write, so the desk keeps it and takes it in as soon as the store can.
 */
export function isFact({ type }: AnyCommand): boolean {
  return !requests.has(type);
}

/** Commands in the order in which they came. */
export class Inbox {
  readonly #waiters: Waiter[] = [];

  get isEmpty(): boolean {
    return this.#waiters.length === 0;
  }

  add<Result>(command: AnyCommand, key?: CommandKey): Promise<Result> {
    return new Promise((resolve, reject) => {
      const answer = (decided: Decided) => {
        // A decision gives the result that belongs to its kind of command.
        if (decided.ok) resolve(decided.value as Result);
        else reject(decided.error);
      };
      this.#waiters.push({ command, key, answer, fail: reject });
    });
  }

  take(most: number): Waiter[] {
    return this.#waiters.splice(0, most);
  }

  /** Refuses these and all that came since; keeps the facts among them, in their order. */
  refuse(waiters: readonly Waiter[], error: AssistError): void {
    const refused = [...waiters, ...this.#waiters.splice(0)];
    for (const { answer } of refused) answer({ ok: false, error });
    this.#waiters.push(...refused.filter(({ command }) => isFact(command)));
  }

  /** Refuses everything and keeps nothing. */
  clear(error: AssistError): void {
    for (const { answer } of this.#waiters.splice(0)) answer({ ok: false, error });
  }
}

/** @param retryAfterMs when the store is tried again */
export function storeUnavailable(retryAfterMs: number, cause?: unknown): AssistError {
  return new AssistError('store-unavailable', 'the store cannot write', { retryAfterMs, cause });
}
