import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually, freeMediaPorts, freePort } from '@bangban/e2e/harness';
import type { Bench } from './bench.ts';

const root = resolve(import.meta.dirname, '..');

/*
 * `npm start` with nothing to do: everything is installed and built, the data folder has been used before. From the start of
 * the npm process until /readyz answers 200 (asked every 10 ms), several times, each ended with Ctrl-C. One start before
 * that is not counted: it fills the data folder, and builds what is missing.
 */
export const startup: Bench = {
  name: 'startup',
  summary: '`npm start` with nothing to do → ready',
  async run({ quick }) {
    const dataDir = await mkdtemp(join(tmpdir(), 'bangban-startup-'));
    try {
      await startOnce(dataDir);
      const samples: number[] = [];
      for (let start = 0; start < (quick ? 3 : 10); start += 1) samples.push(await startOnce(dataDir));
      return {
        figures: [
          {
            what: 'npm start → ready',
            unit: 's',
            repeats: [samples],
            goal: { words: '≤ 5', isMet: (median) => median <= 5 },
          },
        ],
        notes: [],
      };
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** Seconds from the command until it is ready. */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    // A group of its own, so that the Ctrl-C below reaches npm and what it started, as a terminal's does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      MEDIA_PORT: String(await freeMediaPorts(8)),
      DRAIN_TIMEOUT_MS: '500',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text;
    });
  try {
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}:\n${output}`);
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
        return answer?.ok ? undefined : `/readyz says ${answer?.status ?? 'nothing'}:\n${output}`;
      },
      { withinMs: 900_000, everyMs: 10 },
    );
    return (performance.now() - startedAt) / 1_000;
  } finally {
    await pressCtrlC(child);
  }
}

async function pressCtrlC(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGINT');
  await ended;
}
