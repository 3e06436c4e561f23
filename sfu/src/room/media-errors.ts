import { AssistError } from '@bangban/protocol';
import { errors } from 'mediasoup';

/**
 * Runs one request to a worker and gives its failures a name that peers know. mediasoup validates what a browser sent:
 * whatever it refuses while the object is alive was wrong in the request.
 *
 * @param what for the log, e.g. `connect a transport`
 * @throws AssistError `media-stale` when the worker or the room is gone, `media-rejected` for wrong parameters
 */
export async function askWorker<Value>(what: string, request: () => Promise<Value>): Promise<Value> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof AssistError) throw cause;
    // A worker that dies rejects everything that is pending; an object that is closed meanwhile is unknown to it.
    if (cause instanceof errors.WorkerClosedError || cause instanceof errors.NotFoundError) {
      throw new AssistError('media-stale', `could not ${what}: the room is gone`, { cause });
    }
    throw new AssistError('media-rejected', `could not ${what}`, { cause });
  }
}

/** What a peer names in a request and does not have (any more). */
export function unknownInRoom(what: string): AssistError {
  return new AssistError('not-found', `the peer has no such ${what}`);
}
