import { callDecisions } from './calls.ts';
import { deadlineDecisions } from './deadlines.ts';
import type { AnyCommand, Deciding, Decisions, ResultOf } from './deciding.ts';
import { mediaDecisions } from './media.ts';
import { offerDecisions } from './offers.ts';
import { presenceDecisions } from './presence.ts';

/** Every kind of command and who decides it; one that is missing does not compile. */
const decisions: Decisions = {
  ...offerDecisions,
  ...callDecisions,
  ...presenceDecisions,
  ...mediaDecisions,
  ...deadlineDecisions,
};

/**
 * Decides one command on the state of a turn.
 *
 * @throws AssistError when the command is refused; the turn is as it was before
 */
export function decide<Type extends AnyCommand['type']>(
  desk: Deciding,
  command: Extract<AnyCommand, { type: Type }>,
): ResultOf<Type> {
  // The lookup loses the link between command and decision that Decisions guarantees for each entry.
  const decision = decisions[command.type] as (desk: Deciding, command: AnyCommand) => ResultOf<Type>;
  return desk.turn.decide(() => decision(desk, command));
}
