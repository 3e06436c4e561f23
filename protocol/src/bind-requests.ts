import type { Handlers, Reply, RequestDefinition, RequestTable, SocketAccess } from './contract.ts';
import { AssistError, toWireError } from './errors.ts';
import { createTokenBucket, type TokenBucket } from './rate-limit.ts';

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
  // Thousands of kiosks wait on connections of their own: one closure per request, and buckets only for what is sent.
  const buckets = new Map<string, TokenBucket>();
  for (const [name, definition] of Object.entries(options.table)) {
    options.socket.on(name, (...args) => {
      const reply = args.at(-1);
      // A request without a reply callback cannot be answered, so it is not executed either.
      if (typeof reply !== 'function') return;
      void answer(options, buckets, { name, definition, payload: args.length > 1 ? args[0] : undefined }).then(
        (result) => reply(result),
      );
    });
  }
}

type Received = { name: string; definition: RequestDefinition; payload: unknown };

async function answer<Table extends RequestTable, Context>(
  options: BindOptions<Table, Context>,
  buckets: Map<string, TokenBucket>,
  received: Received,
): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await run(options, buckets, received) };
  } catch (error) {
    if (error instanceof AssistError) {
      options.onRefusal?.(received.name, error);
      return { ok: false, error: toWireError(error) };
    }
    return { ok: false, error: { code: 'internal', incident: options.onBug(received.name, error) } };
  }
}

async function run<Table extends RequestTable, Context>(
  { handlers, context, authorize, now }: BindOptions<Table, Context>,
  buckets: Map<string, TokenBucket>,
  { name, definition, payload }: Received,
): Promise<unknown> {
  const bucket = buckets.get(name) ?? createTokenBucket(definition.limit.perMinute, now);
  buckets.set(name, bucket);
  if (!bucket.take()) throw new AssistError('rate-limited', `too many "${name}"`, { retryAfterMs: 1_000 });
  if (sizeOf(payload) > definition.limit.maxBytes) throw new AssistError('invalid-payload', `"${name}" is too large`);
  const parsed = definition.input.safeParse(payload);
  if (!parsed.success) throw new AssistError('invalid-payload', `"${name}" does not fit its schema`);
  authorize(definition.access, parsed.data, context);
  // The parsed input has the type that this very entry of the table promises to its handler.
  return handlers[name as keyof Table](parsed.data as never, context);
}

/** Bytes of the payload as JSON; infinite for what JSON cannot carry (cycles, big integers). */
function sizeOf(payload: unknown): number {
  try {
    return JSON.stringify(payload)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
