import { AssistError, type CommandId, errorCatalogue, type KioskId, type StaffId } from '@bangban/protocol';
import type { CommandOutcome, DeskSnapshot } from './desk-store.ts';

/** Scopes a command id to its sender. */
export type CommandKey = { sender: KioskId | StaffId; commandId: CommandId };

/**
 * Which command ids have been seen lately. Only the ids are held in memory: the results are in the store, where the rare
 * repetition looks them up.
 */
export class CommandMemory {
  /** In the order of time. */
  readonly #seenAt = new Map<string, number>();

  constructor(outcomes: DeskSnapshot['outcomes'] = []) {
    for (const { at, ...key } of [...outcomes].sort((left, right) => left.at - right.at)) this.note(key, at);
  }

  has(key: CommandKey): boolean {
    return this.#seenAt.has(textOf(key));
  }

  note(key: CommandKey, at: number): void {
    this.#seenAt.set(textOf(key), at);
  }

  forgetBefore(time: number): void {
    for (const [key, at] of this.#seenAt) {
      if (at >= time) return;
      this.#seenAt.delete(key);
    }
  }
}

/** A result as it is kept: what was answered, or the refusal. */
export function outcomeOf(key: CommandKey, at: number, decided: Decided): CommandOutcome {
  const result = decided.ok ? decided : { ok: false as const, code: decided.error.code };
  return { ...key, at, result };
}

/** What a decision came to: a result, or an expected refusal. */
export type Decided = { ok: true; value: unknown } | { ok: false; error: AssistError };

/** Whether asking again with the same id must give the same answer. A refusal that invites to try again is forgotten. */
export function isFinal(decided: Decided): boolean {
  return decided.ok || !errorCatalogue[decided.error.code].retryable;
}

/** A kept outcome as it was answered the first time. */
export function replay({ result, commandId }: CommandOutcome): Decided {
  if (result.ok) return result;
  return { ok: false, error: new AssistError(result.code, `command ${commandId} was refused before`) };
}

const textOf = ({ sender, commandId }: CommandKey) => `${sender} ${commandId}`;
