import { AssistError } from '@bangban/protocol/plain';

/** The number to quote: the server's where it gave one, else one made here that is also in the browser's own log. */
export function incidentOf(thrown: unknown, newId: () => string): string {
  return thrown instanceof AssistError && thrown.incident !== undefined ? thrown.incident : `ui-${newId().slice(0, 8)}`;
}
