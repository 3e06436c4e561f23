import { cannotStartExitCode, type ReadyInfo, type RoleMessage } from './role-messages.ts';
import { explainStartFailure } from './start-failure.ts';

/** What a role's package exports: starts it, calls `ready` once it serves, and gives back how to end it. */
export type StartRole = (options: {
  env: Readonly<Record<string, string | undefined>>;
  ready(info: ReadyInfo): void;
}) => Promise<{ close(): Promise<void> }>;

/** What a role gets beyond its drain time to close what it holds, before it is ended by force. */
export const closingMs = 3_000;

/** The part of a process that running a role needs. */
export type RoleHost = Pick<NodeJS.Process, 'on' | 'once' | 'send' | 'exit'>;

/**
 * Runs one role in this process until it is asked to end: by SIGTERM, by the loss of its launcher, or, when it was
 * started without one, by Ctrl-C.
 */
export async function runRole(
  start: StartRole,
  options: {
    env: Readonly<Record<string, string | undefined>>;
    drainTimeoutMs: number;
    host: RoleHost;
    say(line: string): void;
  },
): Promise<void> {
  const { host, say } = options;
  const tell = (message: RoleMessage) =>
    new Promise<void>((sent) => (host.send ? host.send(message, () => sent()) : sent()));
  let running: { close(): Promise<void> } | undefined;
  let isEnding = false;

  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    // Nobody else would end a role that hangs when its launcher is gone.
    setTimeout(() => host.exit(1), options.drainTimeoutMs + closingMs).unref();
    await running?.close();
    host.exit(0);
  };
  host.once('SIGTERM', end);
  host.once('disconnect', end);
  host.on('SIGINT', () => {
    // With a launcher it is the launcher that hears Ctrl-C and lets the roles drain in order.
    if (!host.send) void end();
  });

  try {
    running = await start({
      env: options.env,
      ready: (info) => {
        if (host.send) void tell({ type: 'ready', ...info });
        else say(`ready${info.url ? ` at ${info.url}` : ''}`);
      },
    });
  } catch (error) {
    const message = explainStartFailure(error);
    if (message === undefined) throw error;
    if (!host.send) say(`✗ ${message}`);
    await tell({ type: 'cannot-start', message });
    host.exit(cannotStartExitCode);
  }
}
