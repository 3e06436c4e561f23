import { CommandMemory } from './command-memory.ts';
import type { DeskConfig } from './desk-config.ts';
import { DeskState } from './desk-state.ts';
import type { CommandOutcome, DeskChange, DeskSnapshot } from './desk-store.ts';
import { Forecast } from './forecast.ts';
import type { Turn } from './turn.ts';
import { createViews, type Views } from './views.ts';

/** Everything in memory that comes from the store, and is made anew from it after a failed commit. */
export type Live = {
  state: DeskState;
  forecast: Forecast;
  views: Views;
  commands: CommandMemory;
  /** Of the last commit. */
  revision: number;
  /** When the snapshot was committed that this was made from. */
  committedAt: number;
  committed(outcomes: readonly CommandOutcome[]): void;
  /** Drops what is of no more interest: command ids and ends of calls. */
  forgetOld(now: number, config: Pick<DeskConfig, 'closedViewMs' | 'outcomeKeptMs'>): void;
};

export function liveFrom(snapshot: DeskSnapshot, config: Pick<DeskConfig, 'closedViewMs'>): Live {
  const state = new DeskState(snapshot);
  const forecast = new Forecast(state);
  const commands = new CommandMemory(snapshot.outcomes);
  return {
    state,
    forecast,
    views: createViews(state, forecast, config.closedViewMs),
    commands,
    revision: snapshot.revision,
    committedAt: snapshot.at,
    committed(outcomes) {
      this.revision += 1;
      for (const outcome of outcomes) commands.note(outcome, outcome.at);
    },
    forgetOld(now, { closedViewMs, outcomeKeptMs }) {
      state.forgetEnded(now - closedViewMs);
      commands.forgetBefore(now - outcomeKeptMs);
    },
  };
}

/** What a turn has to write. */
export function changeOf(turn: Turn, outcomes: readonly CommandOutcome[], outcomeKeptMs: number): DeskChange {
  const { state, now } = turn;
  return {
    at: now,
    calls: [...turn.calls].flatMap((callId) => state.calls.get(callId) ?? []),
    closed: [...turn.closed.values()],
    agents: [...turn.agents].flatMap((staffId) => state.agents.get(staffId) ?? []),
    handlingTimes: [...turn.handlingTimes].map((code) => state.handlingTime(code)),
    timeline: turn.timeline,
    outcomes,
    forgetOutcomesBefore: now - outcomeKeptMs,
  };
}
