import type { EventTable, InputOf, OutputOf, RequestName, RequestTable } from '@bangban/protocol';
import { AssistError, type ErrorCode } from '@bangban/protocol/plain';
import type * as z from 'zod';
import type { Connection, ConnectionState } from './connection.ts';

/** The other end of a fake connection: the test plays the server. */
export type FakeServer<Requests extends RequestTable, Events extends EventTable> = {
  /** How a request is answered from now on: a value, or a function of the input (which may throw an AssistError). */
  answer<Name extends RequestName<Requests>>(
    name: Name,
    handler: (input: InputOf<Requests, Name>) => OutputOf<Requests, Name> | Promise<OutputOf<Requests, Name>>,
  ): void;
  /** Every request with `name` is refused with `code` from now on. */
  refuse(name: RequestName<Requests>, code: ErrorCode): void;
  emit<Name extends Extract<keyof Events, string>>(name: Name, payload: z.output<Events[Name]>): void;
  become(state: ConnectionState): void;
  /** Requests so far, in order. */
  readonly requests: readonly { name: string; input: unknown }[];
};

/** A connection without a network. A request that the test did not say how to answer is `unreachable`, as in life. */
export function createFakeConnection<Requests extends RequestTable, Events extends EventTable>(
  initial: ConnectionState = { state: 'connected' },
): { connection: Connection<Requests, Events>; server: FakeServer<Requests, Events> } {
  let current = initial;
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const eventListeners = new Map<string, Set<(payload: never) => void>>();
  const handlers = new Map<string, (input: never) => unknown>();
  const requests: { name: string; input: unknown }[] = [];

  const become = (state: ConnectionState): void => {
    if (current.state === 'closed') return;
    current = state;
    for (const listener of [...stateListeners]) listener(state);
  };

  return {
    connection: {
      state: () => current,
      request: async (name, input) => {
        requests.push({ name, input });
        const handler = current.state === 'connected' ? handlers.get(name) : undefined;
        if (!handler) throw new AssistError('unreachable', `no answer to "${name}"`);
        // Registered by `answer` under this very name, with the types of its entry.
        return (await handler(input as never)) as never;
      },
      on: (name, listener) => {
        const listeners = eventListeners.get(name) ?? new Set();
        eventListeners.set(name, listeners.add(listener as (payload: never) => void));
        return () => listeners.delete(listener as (payload: never) => void);
      },
      subscribe: (listener) => {
        stateListeners.add(listener);
        return () => stateListeners.delete(listener);
      },
      close: () => {
        become({ state: 'closed' });
        stateListeners.clear();
        eventListeners.clear();
      },
    },
    server: {
      answer: (name, handler) => handlers.set(name, handler as (input: never) => unknown),
      refuse: (name, code) =>
        handlers.set(name, () => {
          throw new AssistError(code, `the fake server refuses "${name}"`);
        }),
      emit: (name, payload) => {
        for (const listener of [...(eventListeners.get(name) ?? [])]) listener(payload as never);
      },
      become,
      requests,
    },
  };
}
