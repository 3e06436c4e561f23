import type { CommandId } from '@bangban/protocol';

/** A new id for one intention of the agent: sent again, it does the same thing once only. */
export function newCommandId(): CommandId {
  // A UUID fits the id's pattern; the schema that would brand it is not loaded in the browser.
  return crypto.randomUUID() as CommandId;
}
