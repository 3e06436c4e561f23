import { AssistError, judgeProtocolVersion, toWireError, type WireError } from '@bangban/protocol';
import type * as z from 'zod';

/** A refusal as Socket.IO carries it: the client finds the wire error in `data` of its `connect_error`. */
type RefusedHandshake = Error & { data: WireError };

/**
 * What a client sent in its handshake, once its protocol version is understood. The version is judged before anything
 * else, so that a client of another age is told so and not that its payload is wrong.
 *
 * @throws AssistError `protocol-too-old`, `protocol-too-new`, `invalid-payload`
 */
export function parseHandshake<Schema extends z.ZodType<{ protocol: number }>>(
  schema: Schema,
  auth: unknown,
): z.output<Schema> {
  const version = typeof auth === 'object' && auth !== null && 'protocol' in auth ? auth.protocol : undefined;
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) {
    throw new AssistError('invalid-payload', 'the handshake names no protocol version');
  }
  const judgement = judgeProtocolVersion(version);
  if (judgement !== 'accepted') throw new AssistError(judgement, `the client speaks version ${version}`);
  const parsed = schema.safeParse(auth);
  if (!parsed.success) throw new AssistError('invalid-payload', 'the handshake does not fit its schema');
  return parsed.data;
}

/**
 * A Socket.IO middleware that lets a connection in with the data that `check` gives, or refuses it with a wire error.
 */
export function handshakeMiddleware<Data, Admitted extends { data: Partial<Data> | Data }>(options: {
  check(socket: Admitted): Promise<Data>;
  onRefusal(socket: Admitted, error: AssistError): void;
  /** Records a bug and returns its incident id. */
  onBug(error: unknown): string;
}): (socket: Admitted, next: (error?: RefusedHandshake) => void) => void {
  const refusal = (wire: WireError): RefusedHandshake => Object.assign(new Error(wire.code), { data: wire });
  return (socket, next) => {
    options.check(socket).then(
      (data) => {
        Object.assign(socket.data as object, data);
        next();
      },
      (error: unknown) => {
        if (!(error instanceof AssistError)) return next(refusal({ code: 'internal', incident: options.onBug(error) }));
        options.onRefusal(socket, error);
        next(refusal(toWireError(error)));
      },
    );
  };
}
