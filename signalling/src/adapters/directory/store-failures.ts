import { AssistError } from '@bangban/protocol';

/** SQLite's codes for a disk that is full, read-only or broken, and for a file that somebody else holds. */
const unwritable = /^SQLITE_(FULL|READONLY|IOERR|BUSY|LOCKED|CANTOPEN)/;

/**
 * The same port, whose methods (all of them asynchronous) throw `store-unavailable` where the database cannot be used:
 * that is no bug, and the caller may try again.
 */
export function namingStoreFailures<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await method.apply(target, args);
        } catch (error) {
          throw isUnwritable(error) ? new AssistError('store-unavailable', 'the directory', { cause: error }) : error;
        }
      };
    },
  });
}

function isUnwritable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unwritable.test(String(error.code));
}
