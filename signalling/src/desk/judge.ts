import { AssistError } from '@bangban/protocol';
import type { Log } from '../logging/log.ts';
import { type CommandKey, type CommandMemory, type Decided, isFinal, outcomeOf, replay } from './command-memory.ts';
import { decide } from './decide.ts';
import type { Deciding } from './deciding.ts';
import type { CommandOutcome } from './desk-store.ts';
import type { Waiter } from './inbox.ts';

/** What a command of a turn is answered with, once the turn is durable. */
export type Verdict =
  | { type: 'decided'; decided: Decided }
  /** It was done in an earlier turn; the store knows the result. */
  | { type: 'repeated'; key: CommandKey }
  /** A bug: nothing of the command was done. */
  | { type: 'failed'; error: unknown };

/** Decides the commands of a turn one after another. The same id is decided once only. */
export function judgeAll(
  deciding: Deciding,
  batch: readonly Waiter[],
  known: CommandMemory,
  log: Log,
): { verdicts: Verdict[]; outcomes: CommandOutcome[] } {
  const outcomes = new Map<string, CommandOutcome>();
  const verdicts = batch.map(({ command, key }): Verdict => {
    if (!key) return judge(deciding, command, log);
    const id = `${key.sender} ${key.commandId}`;
    const earlier = outcomes.get(id);
    if (earlier) return { type: 'decided', decided: replay(earlier) };
    if (known.has(key)) return { type: 'repeated', key };
    const verdict = judge(deciding, command, log);
    if (verdict.type === 'decided' && isFinal(verdict.decided)) {
      outcomes.set(id, outcomeOf(key, deciding.turn.now, verdict.decided));
    }
    return verdict;
  });
  return { verdicts, outcomes: [...outcomes.values()] };
}

function judge(deciding: Deciding, command: Waiter['command'], log: Log): Verdict {
  try {
    return { type: 'decided', decided: { ok: true, value: decide(deciding, command) } };
  } catch (error) {
    if (error instanceof AssistError) return { type: 'decided', decided: { ok: false, error } };
    log.error({ err: error, command: command.type }, 'a decision failed; nothing of it was done');
    return { type: 'failed', error };
  }
}
