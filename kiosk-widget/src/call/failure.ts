import type { ErrorCode, KioskEndReason, SessionEndReason } from '@bangban/protocol/plain';
import { AssistError } from '@bangban/protocol/plain';

/** Every way in which help cannot be had, as the resident meets it. `ui/texts` says what to do about each. */
export type Failure =
  /** The page gives no kiosk token or no service item. */
  | 'not-set-up'
  /** The server does not know this kiosk (any more). */
  | 'kiosk-refused'
  | 'kiosk-in-use'
  /** The same kiosk was opened in another window, and that one goes on. */
  | 'replaced'
  /** This page is older than the server (protocol or consent text): loading it anew helps. */
  | 'outdated'
  /** This page is newer than the server, which is being upgraded. */
  | 'upgrading'
  | 'draining'
  | 'service-unknown'
  | 'media-unavailable'
  /** The server did not answer the request for a call. */
  | 'unreachable'
  /** A call was lost because the connection did not come back in time. */
  | 'connection-lost'
  /** The call was answered, but neither picture nor sound came. */
  | 'could-not-connect'
  | 'too-many-requests'
  | 'internal';

const failureOfCode: Record<ErrorCode, Failure> = {
  'invalid-payload': 'internal',
  'protocol-too-old': 'outdated',
  'protocol-too-new': 'upgrading',
  unauthenticated: 'kiosk-refused',
  'sign-in-refused': 'internal',
  forbidden: 'kiosk-refused',
  'origin-refused': 'not-set-up',
  'not-found': 'connection-lost',
  'call-state': 'internal',
  'agent-state': 'internal',
  'offer-gone': 'internal',
  'kiosk-busy': 'kiosk-in-use',
  'kiosk-in-use': 'kiosk-in-use',
  'enrolment-refused': 'kiosk-refused',
  'service-unknown': 'service-unknown',
  'consent-outdated': 'outdated',
  'rate-limited': 'too-many-requests',
  draining: 'draining',
  'media-unavailable': 'media-unavailable',
  'media-stale': 'could-not-connect',
  'media-rejected': 'could-not-connect',
  'store-unavailable': 'unreachable',
  unreachable: 'unreachable',
  internal: 'internal',
};

const failureOfSessionEnd: Record<SessionEndReason, Failure> = {
  replaced: 'replaced',
  'signed-out': 'kiosk-refused',
  revoked: 'kiosk-refused',
  'token-expired': 'kiosk-refused',
  flooding: 'too-many-requests',
};

/** What a refusal by the server, or the lack of an answer, means to the resident. */
export function failureOf(error: unknown): Failure {
  return error instanceof AssistError ? failureOfCode[error.code] : 'internal';
}

/** What a refused handshake means to the resident. */
export function failureOfRefusal(code: ErrorCode): Failure {
  return failureOfCode[code];
}

/** What it means to the resident that the server ended the connection. */
export function failureOfSession(reason: SessionEndReason): Failure {
  return failureOfSessionEnd[reason];
}

/** How a closed call is shown: as ended by somebody's wish, or as a failure with what to do next. */
export function outcomeOf(reason: KioskEndReason): 'idle' | 'thanks' | Failure {
  switch (reason) {
    case 'cancelled':
      return 'idle';
    case 'ended':
      return 'thanks';
    case 'connection-lost':
      return 'connection-lost';
    case 'could-not-connect':
      return 'could-not-connect';
    case 'kiosk-revoked':
      return 'kiosk-refused';
  }
}
