import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { freeMediaPorts, freePort } from './free-ports.ts';
import { descendantsOf, isRunning, processorTicks } from './processes.ts';

const root = resolve(import.meta.dirname, '../..');

/** How long the program may take from its start until it says that it is ready; a busy machine needs several seconds. */
const readyWithinMs = 40_000;
/** How long it may take to end by itself. */
const endWithinMs = 15_000;
/** Long enough for a worker with a call to have spent several ticks (10 ms) of processor time. */
const observeMs = 2_000;

export type RoleName = 'signalling' | 'sfu';

/** The whole program as a person starts it: launcher, roles and media workers as processes of their own. */
export type Program = AsyncDisposable & {
  readonly url: string;
  readonly password: string;
  /** All that it has printed. */
  output(): string;
  pidOf(role: RoleName): number;
  /** The media worker that has most to do: the one that carries the only call. */
  busiestWorkerPid(): Promise<number>;
  /** Ends a role at once, as a crash would; resolves when another process has its place. */
  killRole(role: RoleName): Promise<void>;
  /** Asks it to end, as Ctrl-C does. @throws when it does not end, or leaves a process behind */
  stop(): Promise<void>;
};

/** Starts the program on free ports with an empty data folder and waits until it is ready. */
export async function startProgram(env: Record<string, string> = {}): Promise<Program> {
  for (const built of ['agent-console/dist', 'kiosk-widget/dist']) {
    if (!existsSync(join(root, built))) throw new Error(`${built} is missing: run \`npm run build\` first`);
  }
  // A folder that was given belongs to whoever gave it; one of our own is deleted at the end.
  const ownFolder = env.DATA_DIR === undefined ? await mkdtemp(join(tmpdir(), 'bangban-e2e-')) : undefined;
  const workers = Number(env.MEDIA_WORKERS ?? '2');
  const port = await freePort();
  const password = 'correct horse battery';
  const child = spawn(process.execPath, [join(root, 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ...(ownFolder === undefined ? {} : { DATA_DIR: ownFolder }),
      PORT: String(port),
      MEDIA_PORT: String(await freeMediaPorts(workers)),
      MEDIA_WORKERS: String(workers),
      DEMO_PASSWORD: password,
      DRAIN_TIMEOUT_MS: '500',
      ...env,
    },
  });
  const output = collectOutput(child);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`the program did not start: ${output()}`);
  const url = `http://127.0.0.1:${port}`;
  const program = runningProgram({ child, pid, url, password, ownFolder, output });
  try {
    await eventually(() => whyNotReady(child, url, output), { withinMs: readyWithinMs });
    return program;
  } catch (error) {
    await program.stop().catch(() => undefined);
    throw error;
  }
}

function runningProgram(facts: {
  child: ChildProcess;
  pid: number;
  url: string;
  password: string;
  ownFolder: string | undefined;
  output: () => string;
}): Program {
  const { child, pid, url, password, ownFolder, output } = facts;
  const rolePid = (role: RoleName) => descendantsOf(pid).find(({ args }) => args.includes(`--role=${role}`))?.pid;
  const pidOf = (role: RoleName) => {
    const found = rolePid(role);
    if (found === undefined) throw new Error(`no process has the role ${role}: ${output()}`);
    return found;
  };
  let ending: Promise<void> | undefined;

  const end = async () => {
    const before = [pid, ...descendantsOf(pid).map((process) => process.pid)];
    child.kill('SIGTERM');
    try {
      await eventually(() => (isRunning(pid) ? 'the program still runs after SIGTERM' : undefined), {
        withinMs: endWithinMs,
      });
      await eventually(() => leftBehind(before), { withinMs: 3_000 });
    } finally {
      for (const left of before.filter(isRunning)) process.kill(left, 'SIGKILL');
      if (ownFolder) await rm(ownFolder, { recursive: true, force: true });
    }
  };

  const stop = () => {
    ending ??= end();
    return ending;
  };
  return {
    url,
    password,
    output,
    pidOf,
    async busiestWorkerPid() {
      const workers = descendantsOf(pid).filter(({ args }) => basename(args[0] ?? '').startsWith('mediasoup-worker'));
      const before = workers.map((worker) => processorTicks(worker.pid));
      await pause(observeMs);
      const spent = workers.map((worker, index) => processorTicks(worker.pid) - (before[index] ?? 0));
      const busiest = workers[spent.indexOf(Math.max(...spent))];
      if (!busiest) throw new Error('no media worker runs');
      return busiest.pid;
    },
    async killRole(role) {
      const killed = pidOf(role);
      process.kill(killed, 'SIGKILL');
      await eventually(() => {
        const now = rolePid(role);
        return now === undefined || now === killed ? `the ${role} role has not been started again` : undefined;
      });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function whyNotReady(child: ChildProcess, url: string, output: () => string): Promise<string | undefined> {
  if (child.exitCode !== null) throw new Error(`the program ended with code ${child.exitCode}:\n${output()}`);
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  return answer?.ok ? undefined : `/readyz says ${answer?.status ?? 'nothing'}:\n${output()}`;
}

function leftBehind(pids: readonly number[]): string | undefined {
  const left = pids.filter(isRunning);
  return left.length === 0 ? undefined : `left running: ${left.join(', ')}`;
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}
