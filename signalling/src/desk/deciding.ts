import { AssistError, type CallId, type SfuId, type StaffId } from '@bangban/protocol';
import type { CallIn } from '../call/call.ts';
import type { DeskCommand, DeskResult } from './commands.ts';
import type { DeskConfig } from './desk-config.ts';
import type { Forecast } from './forecast.ts';
import type { Turn } from './turn.ts';
import type { Views } from './views.ts';

/** What the desk tells itself. */
export type OwnCommand =
  | { type: 'desk-restarted' }
  | { type: 'call-due'; callId: CallId }
  | { type: 'agent-due'; staffId: StaffId }
  /** Media servers that did not come back after the desk restarted. */
  | { type: 'media-servers-due' };
export type AnyCommand = DeskCommand | OwnCommand;
export type CommandOf<Type extends AnyCommand['type']> = Extract<AnyCommand, { type: Type }>;
export type ResultOf<Type extends AnyCommand['type']> = Type extends DeskCommand['type'] ? DeskResult<Type> : null;

/** What a decision works with. */
export type Deciding = {
  turn: Turn;
  views: Views;
  forecast: Forecast;
  config: DeskConfig;
  newCallId(): CallId;
  isDraining: boolean;
  /** Media servers that are linked now. Not live state: a desk that starts knows of none until they register. */
  mediaServers: Set<SfuId>;
};

/** One decision per kind of command. Each throws an AssistError to refuse, before or after anything it did. */
export type Decisions = {
  [Type in AnyCommand['type']]: (desk: Deciding, command: CommandOf<Type>) => ResultOf<Type>;
};

/**
 * The call, while it rings at this agent.
 *
 * @throws AssistError `offer-gone`: the one answer to all that can have happened meanwhile
 */
export function offerOf(turn: Turn, callId: CallId, staffId: StaffId): CallIn<'offered'> {
  const call = turn.state.calls.get(callId);
  if (call?.state === 'offered' && call.agent.staffId === staffId && turn.now < call.expiresAt) return call;
  throw new AssistError('offer-gone', `call ${callId} is not offered to ${staffId} any more`);
}

/**
 * The call that this agent has answered, until it is wrapped up.
 *
 * @throws AssistError `not-found`
 */
export function callOfAgent(turn: Turn, callId: CallId, staffId: StaffId) {
  const call = turn.call(callId);
  if (
    call.state !== 'queued' &&
    call.state !== 'offered' &&
    call.state !== 'closed' &&
    call.agent.staffId === staffId
  ) {
    return call;
  }
  throw new AssistError('not-found', `call ${callId} is not that of ${staffId}`);
}
