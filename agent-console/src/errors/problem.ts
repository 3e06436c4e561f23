import { AssistError, toWireError, type WireError } from '@bangban/protocol/plain';

/** What went wrong, as the person at the screen is told: a code of the catalogue, and for bugs the incident id. */
export type Problem = WireError;

/** The only place that turns a caught value into something to show. What is not an expected failure is a bug: `internal`. */
export function toProblem(thrown: unknown): Problem {
  return thrown instanceof AssistError ? toWireError(thrown) : { code: 'internal' };
}
