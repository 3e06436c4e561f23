import type { CallId, CommandId, ErrorCode, KioskId, StaffId } from '@bangban/protocol';
import type { Agent } from '../agents/agent.ts';
import type { Call, CallIn } from '../call/call.ts';
import type { HandlingTime } from '../queue/handling-time.ts';

/** One thing that happened to a call. `seq` is the version of the call that it led to. No personal data in the facts. */
export type TimelineEvent = {
  callId: CallId;
  seq: number;
  at: number;
  type: string;
  facts: Readonly<Record<string, string | number | boolean>>;
};

/** What became of a command that carried an id. */
export type CommandOutcome = {
  sender: KioskId | StaffId;
  commandId: CommandId;
  at: number;
  result: { ok: true; value: unknown } | { ok: false; code: ErrorCode };
};

/** Everything that one turn of the desk changed. It becomes durable as a whole or not at all. */
export type DeskChange = {
  /** The time of the turn. */
  at: number;
  /** Calls that are not closed, as they are now. */
  calls: readonly Call[];
  /** Calls that are closed now: they leave live state and become history. */
  closed: readonly CallIn<'closed'>[];
  agents: readonly Agent[];
  handlingTimes: readonly HandlingTime[];
  timeline: readonly TimelineEvent[];
  outcomes: readonly CommandOutcome[];
  /** Outcomes from before this time may be forgotten. */
  forgetOutcomesBefore: number;
};

/** Live state as it was committed last. */
export type DeskSnapshot = {
  /** Counts commits. */
  revision: number;
  /** The time of the last commit; 0 where there is none. */
  at: number;
  calls: readonly Call[];
  /** Calls that ended lately. */
  closed: readonly CallIn<'closed'>[];
  agents: readonly Agent[];
  handlingTimes: readonly HandlingTime[];
  outcomes: readonly Pick<CommandOutcome, 'sender' | 'commandId' | 'at'>[];
};

/**
 * Where live state lives. A commit that succeeded survives the process and the machine.
 *
 * `expectedRevision` fences: a desk that another one has replaced holds an old revision, and its commits are refused.
 */
export type DeskStore = {
  /** @param options.closedSinceMs how far back closed calls are wanted, before the last commit */
  load(options: { closedSinceMs: number }): Promise<DeskSnapshot>;
  /** @throws StaleRevision when somebody else has committed since; any other error when the store cannot write. */
  commit(change: DeskChange, expectedRevision: number): Promise<void>;
  outcome(sender: KioskId | StaffId, commandId: CommandId): Promise<CommandOutcome | undefined>;
  /** The events of a call, in order. */
  timeline(callId: CallId): Promise<TimelineEvent[]>;
  /** Idempotent. */
  close(): Promise<void>;
};

/** Somebody else has committed to this store: this desk is no longer the writer. */
export class StaleRevision extends Error {
  constructor(expected: number, found: number) {
    super(`the store is at revision ${found}, not ${expected}: another desk has written to it`);
    this.name = 'StaleRevision';
  }
}

/** A change that changes nothing, to build on. */
export function emptyChange(at: number): DeskChange {
  return {
    at,
    calls: [],
    closed: [],
    agents: [],
    handlingTimes: [],
    timeline: [],
    outcomes: [],
    forgetOutcomesBefore: 0,
  };
}
