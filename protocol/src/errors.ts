/** Who can do something about an error: the person at the screen, or whoever wrote or runs the program. */
export type ErrorAudience = 'person' | 'program';

type ErrorFacts = { retryable: boolean; audience: ErrorAudience; httpStatus: number };

/** Every error that may cross a wire. Clients own the words; the catalogue owns the facts. */
export const errorCatalogue = {
  /** The payload does not fit its schema, or is larger than the table allows. */
  'invalid-payload': { retryable: false, audience: 'program', httpStatus: 400 },
  /** The handshake carried a protocol version that is older than the previous one. */
  'protocol-too-old': { retryable: false, audience: 'person', httpStatus: 426 },
  /** The handshake carried a protocol version that this server does not know yet. */
  'protocol-too-new': { retryable: true, audience: 'person', httpStatus: 426 },
  /** No token, or one that is wrong, expired or revoked. Deliberately one code for all of them. */
  unauthenticated: { retryable: false, audience: 'person', httpStatus: 401 },
  /** User name or password is wrong, or the account is disabled. Deliberately one code. */
  'sign-in-refused': { retryable: true, audience: 'person', httpStatus: 401 },
  /** Signed in, but this role may not do this. */
  forbidden: { retryable: false, audience: 'person', httpStatus: 403 },
  /** The request came from a page that is not on the allow-list. */
  'origin-refused': { retryable: false, audience: 'program', httpStatus: 403 },
  /** There is no such thing, or it is none of the caller's. Deliberately one code. */
  'not-found': { retryable: false, audience: 'person', httpStatus: 404 },
  /** The state of the call does not allow this now. */
  'call-state': { retryable: false, audience: 'person', httpStatus: 409 },
  /** The agent's own state does not allow this now. */
  'agent-state': { retryable: false, audience: 'person', httpStatus: 409 },
  /** The offer has expired, was withdrawn or was taken back. */
  'offer-gone': { retryable: false, audience: 'person', httpStatus: 409 },
  /** The kiosk already has a call that is not closed. */
  'kiosk-busy': { retryable: false, audience: 'person', httpStatus: 409 },
  /** Another device is connected with the same kiosk token. */
  'kiosk-in-use': { retryable: true, audience: 'person', httpStatus: 409 },
  /** The enrolment code is wrong, used or expired. Deliberately one code. */
  'enrolment-refused': { retryable: false, audience: 'person', httpStatus: 403 },
  /** The service item is unknown or not assisted by video. */
  'service-unknown': { retryable: false, audience: 'person', httpStatus: 404 },
  /** The resident agreed to a text that is no longer the current one. */
  'consent-outdated': { retryable: true, audience: 'person', httpStatus: 409 },
  /** Too many requests; wait. */
  'rate-limited': { retryable: true, audience: 'person', httpStatus: 429 },
  /** The server is going down for maintenance and takes no new calls. */
  draining: { retryable: true, audience: 'person', httpStatus: 503 },
  /** No media server is connected. */
  'media-unavailable': { retryable: true, audience: 'person', httpStatus: 503 },
  /** The media room was rebuilt meanwhile; join again with the epoch of the newest view. */
  'media-stale': { retryable: true, audience: 'program', httpStatus: 409 },
  /** The media server refused the parameters. */
  'media-rejected': { retryable: false, audience: 'program', httpStatus: 422 },
  /** The store cannot write (disk full, read-only): nothing was changed. */
  'store-unavailable': { retryable: true, audience: 'person', httpStatus: 503 },
  /** No answer came in time, or the connection is down. Made by clients, never sent. */
  unreachable: { retryable: true, audience: 'person', httpStatus: 504 },
  /** A bug. The incident id is in the server's log. */
  internal: { retryable: true, audience: 'person', httpStatus: 500 },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof errorCatalogue;

/** All codes, for schemas and for tests that go over the whole catalogue. */
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** What a peer is told: a code, and for bugs the id under which the server logged it. */
export type WireError = { code: ErrorCode; incident?: string; retryAfterMs?: number };

/** An expected failure: the code is for the peer, the message for the log. */
export class AssistError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly incident: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number; incident?: string } = {},
  ) {
    super(message, options);
    this.name = 'AssistError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.incident = options.incident;
  }
}

/** The shape of an expected failure on the wire. */
export function toWireError(error: AssistError): WireError {
  return {
    code: error.code,
    ...(error.incident === undefined ? {} : { incident: error.incident }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}
