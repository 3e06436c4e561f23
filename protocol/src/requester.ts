import type { InputOf, OutputOf, Reply, RequestName, RequestTable } from './contract.ts';
import { AssistError } from './errors.ts';

/** The part of a Socket.IO socket (either end) that asking needs. */
export type AskingSocket = {
  timeout(ms: number): { emitWithAck(name: string, input: unknown): Promise<unknown> };
};

/** Sends a request and gives its value. Rejects with an {@link AssistError} (`unreachable` when no answer came). */
export type Requester<Table extends RequestTable> = <Name extends RequestName<Table>>(
  name: Name,
  input: InputOf<Table, Name>,
) => Promise<OutputOf<Table, Name>>;

/**
 * The asking end of a request table, over one socket.
 *
 * @param timeoutMs how long an answer may take before the request counts as `unreachable`
 */
export function createRequester<Table extends RequestTable>(socket: AskingSocket, timeoutMs: number): Requester<Table> {
  return async (name, input) => {
    // The answering end is bound to the same table, so the reply has the table's type.
    const reply = (await socket
      .timeout(timeoutMs)
      .emitWithAck(name, input)
      .catch((cause: unknown) => {
        throw new AssistError('unreachable', `no answer to "${name}"`, { cause });
      })) as Reply<OutputOf<Table, typeof name>>;
    if (reply.ok) return reply.value;
    const { code, ...rest } = reply.error;
    throw new AssistError(code, `"${name}" was refused: ${code}`, rest);
  };
}
