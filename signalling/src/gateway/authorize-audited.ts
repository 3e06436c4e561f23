import { AssistError, type SocketAccess } from '@bangban/protocol';
import { authorizeSocket, type CallFacts, type SocketPrincipal } from '../access/socket-rules.ts';
import type { Reporting } from './reporting.ts';

/**
 * {@link authorizeSocket}, with one audit entry for each act that it refuses.
 *
 * @throws AssistError as authorizeSocket does
 */
export function authorizeAudited(act: {
  rule: SocketAccess;
  input: unknown;
  principal: SocketPrincipal;
  source: string;
  calls: CallFacts;
  reporting: Pick<Reporting, 'denied'>;
}): void {
  const { rule, input, principal, source, calls, reporting } = act;
  try {
    authorizeSocket(rule, input, principal, calls);
  } catch (error) {
    if (error instanceof AssistError) reporting.denied({ principal, source, rule, subject: callIn(input) }, error);
    throw error;
  }
}

function callIn(input: unknown): string {
  return typeof input === 'object' && input !== null && 'callId' in input ? String(input.callId) : '';
}
