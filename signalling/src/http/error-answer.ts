import { AssistError, errorCatalogue, toWireError } from '@bangban/protocol';
import type { ErrorRequestHandler, Response } from 'express';
import type { Log } from '../logging/log.ts';

/** Answers with an error of the catalogue: its status, its code, and nothing that tells about the inside. */
export function answerError(response: Response, error: AssistError): void {
  const wire = toWireError(error);
  if (wire.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(wire.retryAfterMs / 1_000)));
  response.status(errorCatalogue[error.code].httpStatus).json({ error: wire });
}

/** The last middleware: turns whatever was thrown into an answer. The only such place on the HTTP side. */
export function createErrorAnswer(options: { log: Log; randomId(): string }): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const error = toAssistError(thrown) ?? bug(thrown);
    answerError(response, error);

    function bug(cause: unknown): AssistError {
      const incident = options.randomId();
      options.log.error(
        { err: cause, incident, method: request.method, path: request.path },
        'a route failed unexpectedly',
      );
      return new AssistError('internal', 'a route failed unexpectedly', { cause, incident });
    }
  };
}

/** Express and its body parser throw errors with a `status`: what the caller sent was not readable. */
function toAssistError(thrown: unknown): AssistError | undefined {
  if (thrown instanceof AssistError) return thrown;
  const status = thrown instanceof Error && 'status' in thrown ? Number(thrown.status) : 500;
  if (status === 404) return new AssistError('not-found', 'no such path', { cause: thrown });
  if (status >= 400 && status < 500)
    return new AssistError('invalid-payload', 'not a readable request', { cause: thrown });
  return undefined;
}
