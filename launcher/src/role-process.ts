import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isRoleMessage, type RoleMessage } from './role-messages.ts';

/** One running role. The launcher owns it; the role ends by itself when the launcher is gone. */
export type RoleProcess = {
  readonly pid: number | undefined;
  /** Asks it to drain and end. */
  terminate(): void;
  /** Ends it and all it started, now. */
  kill(): void;
};

export type RoleProcessOptions = {
  /** The program and its arguments, run by this same Node. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  onMessage(message: RoleMessage): void;
  onLine(line: string): void;
  /** Called once. `ending` completes "the role ended: …". */
  onExit(ending: string): void;
};

/** Starts a role in a process group of its own, so that a Ctrl-C in the terminal reaches only the launcher. */
export function startRoleProcess(options: RoleProcessOptions): RoleProcess {
  const child = spawn(process.execPath, options.args, {
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let whyItCannotStart: string | undefined;
  let hasEnded = false;

  const end = (ending: string) => {
    if (hasEnded) return;
    hasEnded = true;
    // Media workers outlive a killed parent by about a second and would still hold their ports (LAUNCH-7).
    killGroup(child.pid);
    options.onExit(whyItCannotStart ?? ending);
  };
  child.on('message', (message) => {
    if (!isRoleMessage(message)) return;
    if (message.type === 'cannot-start') whyItCannotStart = message.message;
    options.onMessage(message);
  });
  child.once('error', (error) => end(error.message));
  child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, options.onLine);

  return {
    pid: child.pid,
    terminate() {
      child.kill('SIGTERM');
    },
    kill() {
      killGroup(child.pid);
    },
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left, which is what was wanted.
  }
}
