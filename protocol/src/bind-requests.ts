import type { Handlers, Reply, RequestTable, SocketAccess } from './contract.ts';
import { AssistError, toWireError } from './errors.ts';
import { createTokenBucket } from './rate-limit.ts';

/** The part of a Socket.IO socket that binding needs. */
export type RequestSocket = { on(name: string, listener: (...args: unknown[]) => void): unknown };

export type BindOptions<Table extends RequestTable, Context> = {
  socket: RequestSocket;
  table: Table;
  handlers: Handlers<Table, Context>;
  context: Context;
  /** Throws an {@link AssistError} when the rule does not let this input through. `input` is already parsed. */
  authorize(rule: SocketAccess, input: unknown, context: Context): void;
  /** Milliseconds, monotone. */
  now(): number;
  /** Records a bug and returns the incident id that the peer may quote. */
  onBug(request: string, error: unknown): string;
  /** An expected refusal, for counting and audit. */
  onRefusal?(request: string, error: AssistError): void;
};

/**
 * Connects a request table to its handlers on one socket: limits, parse, authorize, handle, answer. The only place that
 * meets unparsed input, and the only place on the socket side that turns an exception into a wire error.
 */
export function bindRequests<Table extends RequestTable, Context>(options: BindOptions<Table, Context>): void {
  const { socket, table, handlers, context, authorize, now, onBug, onRefusal } = options;
  for (const [name, definition] of Object.entries(table)) {
    const handle = handlers[name as keyof Table];
    const bucket = createTokenBucket(definition.limit.perMinute, now);

    const run = async (payload: unknown): Promise<unknown> => {
      if (!bucket.take()) throw new AssistError('rate-limited', `too many "${name}"`, { retryAfterMs: 1_000 });
      if (sizeOf(payload) > definition.limit.maxBytes)
        throw new AssistError('invalid-payload', `"${name}" is too large`);
      const parsed = definition.input.safeParse(payload);
      if (!parsed.success) throw new AssistError('invalid-payload', `"${name}" does not fit its schema`);
      authorize(definition.access, parsed.data, context);
      // The parsed input has the type that this very entry of the table promises to its handler.
      return handle(parsed.data as never, context);
    };

    const answer = async (payload: unknown): Promise<Reply<unknown>> => {
      try {
        return { ok: true, value: await run(payload) };
      } catch (error) {
        if (error instanceof AssistError) {
          onRefusal?.(name, error);
          return { ok: false, error: toWireError(error) };
        }
        return { ok: false, error: { code: 'internal', incident: onBug(name, error) } };
      }
    };

    socket.on(name, (...args) => {
      const reply = args.at(-1);
      // A request without a reply callback cannot be answered, so it is not executed either.
      if (typeof reply === 'function')
        void answer(args.length > 1 ? args[0] : undefined).then((result) => reply(result));
    });
  }
}

/** Bytes of the payload as JSON; infinite for what JSON cannot carry (cycles, big integers). */
function sizeOf(payload: unknown): number {
  try {
    return JSON.stringify(payload)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
