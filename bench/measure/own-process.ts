import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '@bangban/e2e/harness';

/** Another program that runs beside a bench; it ends with the bench. */
export type OwnProcess = AsyncDisposable & { pid: number; output(): string };

/**
 * Starts a program, on one core where that is asked for.
 *
 * @param whyNotReady asked until it gives nothing; throwing ends the wait
 */
export async function startProcess(options: {
  program: string;
  args: readonly string[];
  core?: number;
  whyNotReady(output: string): Promise<string | undefined> | string | undefined;
}): Promise<OwnProcess> {
  const { program, args, core } = options;
  const child =
    core === undefined
      ? spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('taskset', ['-c', String(core), program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const failure = once(child, 'error').then(([error]) => {
    throw error;
  });
  const own: OwnProcess = { pid: child.pid ?? -1, output: () => output, [Symbol.asyncDispose]: () => end(child) };
  try {
    await Promise.race([failure, waitUntilReady(child, options, () => output)]);
    return own;
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function waitUntilReady(
  child: ChildProcess,
  {
    program,
    whyNotReady,
  }: { program: string; whyNotReady(output: string): Promise<string | undefined> | string | undefined },
  output: () => string,
): Promise<void> {
  await eventually(
    () => {
      if (child.exitCode !== null) throw new Error(`${program} ended with code ${child.exitCode}:\n${output()}`);
      return whyNotReady(output());
    },
    { withinMs: 20_000 },
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(killer);
}

/** For `whyNotReady`: whether something on this machine listens on a TCP port. */
export function whyNotListening(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(undefined)).once('error', (error) => resolve(error.message));
    socket.once('connect', () => socket.destroy());
  });
}
