import { AssistError, type ErrorCode, errorCatalogue } from '@bangban/protocol/plain';

/** The code of an error, whatever it is: what is not of the catalogue is a bug. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof AssistError ? error.code : 'internal';
}

/** Whether asking again cannot help: the server refused the request itself, or this browser cannot do it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AssistError ? !errorCatalogue[error.code].retryable : true;
}
