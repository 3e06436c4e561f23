import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startLauncher } from '../src/launcher.ts';
import type { RoleName } from '../src/supervision.ts';

type Line = { said?: string; ready?: object; pids?: number[] };

let dataDir: string;
const launchers: ChildProcess[] = [];
const patience = { timeout: 10_000, interval: 20 };

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bangban-launcher-'));
});
afterEach(async () => {
  for (const launcher of launchers.splice(0)) {
    if (launcher.exitCode !== null || launcher.signalCode !== null) continue;
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** A launcher in a process of its own, and what it has printed so far. */
function start(env: Record<string, string> = {}): { launcher: ChildProcess; lines: Line[] } {
  const launcher = spawn(process.execPath, [join(import.meta.dirname, 'fixture-launcher.ts'), dataDir], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launchers.push(launcher);
  const lines: Line[] = [];
  if (launcher.stdout) createInterface(launcher.stdout).on('line', (line) => lines.push(JSON.parse(line)));
  return { launcher, lines };
}

async function pidsWhenReady(lines: Line[]): Promise<number[]> {
  const pids = await vi.waitUntil(() => lines.find((line) => line.ready)?.pids, patience);
  return pids;
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const said = (lines: Line[]) => lines.map((line) => line.said ?? '').join('\n');
const exitOf = async (launcher: ChildProcess) => (await once(launcher, 'exit'))[0];

it('[LAUNCH-5] a role that is killed is running again within a second, the other is still the same', async () => {
  let readies = 0;
  let ended: number | undefined;
  const launcher = startLauncher({
    argsOf: (role) => [join(import.meta.dirname, 'fixture-role.ts'), role],
    env: process.env,
    dataDir,
    drainTimeoutMs: 1_000,
    now: () => performance.now(),
    say: () => {},
    onReady: () => {
      readies += 1;
    },
    onEnd: (code) => {
      ended = code;
    },
  });
  const pidOf = (role: RoleName) => launcher.pidOf(role) ?? 0;
  await vi.waitUntil(() => readies === 1, patience);
  const before = { signalling: pidOf('signalling'), sfu: pidOf('sfu') };

  process.kill(before.signalling, 'SIGKILL');
  await vi.waitUntil(() => pidOf('signalling') !== 0 && pidOf('signalling') !== before.signalling, { timeout: 1_000 });
  expect(pidOf('sfu')).toBe(before.sfu);
  expect(readies).toBe(1);

  launcher.stop();
  await vi.waitUntil(() => ended === 0, patience);
});

it('[LAUNCH-7] what a killed role left running is ended with it', async () => {
  const { lines } = start({ FIXTURE_SFU: 'parent' });
  const [, sfu = 0] = await pidsWhenReady(lines);
  const logged = () => /"child":(\d+)/.exec(readFileSync(join(dataDir, 'logs/sfu.log'), 'utf8'))?.[1];
  const child = Number(await vi.waitUntil(logged, patience));
  expect(isRunning(child)).toBe(true);
  process.kill(sfu, 'SIGKILL');
  await vi.waitFor(() => expect(isRunning(child), 'the child still runs').toBe(false), { timeout: 2_000 });
});

it('[LAUNCH-13] roles end by themselves when their launcher is killed', async () => {
  const { launcher, lines } = start();
  const pids = await pidsWhenReady(lines);
  expect(pids.map(isRunning)).toEqual([true, true]);
  launcher.kill('SIGKILL');
  await vi.waitFor(() => expect(pids.filter(isRunning), 'roles that still run').toEqual([]), patience);
});

it('[LAUNCH-3] a taken port is one sentence and exit code 1, and nothing is left running', async () => {
  const { launcher, lines } = start({ FIXTURE_SIGNALLING: 'cannot-start' });
  expect(await exitOf(launcher)).toBe(1);
  expect(said(lines)).toContain('Port 3000 on 127.0.0.1 is taken by another program.');
  expect(said(lines)).not.toMatch(/\n\s+at /);
});

it('[LAUNCH-4] a role that never comes up ends the launcher, and its stack is only in its log', async () => {
  const { launcher, lines } = start({ FIXTURE_SFU: 'crash' });
  expect(await exitOf(launcher)).toBe(1);
  expect(said(lines)).toContain('sfu ended 3 times before it was ready (exit code 1).');
  expect(said(lines)).not.toContain('TypeError');
  expect(readFileSync(join(dataDir, 'logs/sfu.log'), 'utf8')).toContain('TypeError: a bug');
});

it('[LAUNCH-9] Ctrl-C lets the roles close, signalling first, and exits with code 0', async () => {
  const { launcher, lines } = start();
  const pids = await pidsWhenReady(lines);
  launcher.kill('SIGINT');
  expect(await exitOf(launcher)).toBe(0);
  expect(pids.filter(isRunning)).toEqual([]);
  for (const role of ['signalling', 'sfu']) {
    expect(readFileSync(join(dataDir, `logs/${role}.log`), 'utf8')).toContain(`${role} closed`);
  }
});

it('[LAUNCH-11][LAUNCH-12] a stubborn role is killed when the drain time is over, not by the same Ctrl-C arriving twice', async () => {
  const { launcher, lines } = start({ FIXTURE_SIGNALLING: 'stubborn' });
  const pids = await pidsWhenReady(lines);
  const askedAt = performance.now();
  launcher.kill('SIGINT');
  launcher.kill('SIGINT');
  expect(await exitOf(launcher)).toBe(0);
  expect(performance.now() - askedAt).toBeGreaterThanOrEqual(490);
  expect(pids.filter(isRunning)).toEqual([]);
});

it('[LAUNCH-15] a warning reaches the terminal as one readable line', async () => {
  const { lines } = start();
  await pidsWhenReady(lines);
  await vi.waitFor(() => expect(said(lines)).toContain('! sfu warning: sfu serves'), patience);
});
