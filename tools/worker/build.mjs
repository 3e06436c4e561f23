import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { join } from 'node:path';
import { installDebianPackages } from '../setup/apt.mjs';
import { runQuietly } from '../setup/child.mjs';
import { Failure } from '../setup/failure.mjs';
import { createBuildProgress } from './build-progress.mjs';
import { buildFolder, mediasoupFolder } from './mediasoup.mjs';

/** The largest compiler process of this build took 482 MB. */
const bytesPerJob = 600 * 1024 * 1024;
/** Where there is no terminal to redraw a line in, progress is a new line this often. */
const percentBetweenLines = 10;

/**
 * Builds the worker from the sources in the npm package: 4 to 10 minutes on 2 processors. Interrupted, it goes on
 * next time from where it stopped.
 *
 * @param {{ work: string, destination: string, say: (line: string) => void }} options
 * @throws {Failure}
 */
export async function buildWorker({ work, destination, say }) {
  await installDebianPackages(debianPackages(), {
    purpose: 'The media worker is built with',
    otherwise:
      'Install what they stand for and build it with sfu/worker-build/build.sh, or copy a mediasoup-worker of the same ' +
      'version from another machine, and set MEDIASOUP_WORKER_BIN to it.',
    say,
  });
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / bytesPerJob)));
  say(`Building the media worker with ${jobs === 1 ? 'one processor' : `${jobs} processors`} (once per version)…`);
  const progress = createBuildProgress(() => performance.now());
  const show = createProgressLine(say);
  const { code, signal, output } = await runQuietly(
    'nice',
    ['-n', '5', 'bash', join(buildFolder, 'build.sh'), mediasoupFolder, work, destination],
    {
      env: { ...process.env, JOBS: String(jobs) },
      onLine: (line) => progress.read(line) && show(progress),
    },
  );
  show.end();
  if (code === 0) {
    rmSync(work, { recursive: true, force: true });
    return;
  }
  const end = output
    .trim()
    .split('\n')
    .slice(-8)
    .map((line) => `  ${line}`);
  throw new Failure(
    `The media worker could not be built (${signal ?? `exit code ${code}`}):\n${end.join('\n')}\n` +
      'It needs 1 GB of memory and 500 MB of disk. Run npm start again to go on, or set MEDIASOUP_WORKER_BIN to a ' +
      'worker from another machine.',
  );
}

/** The Debian packages that the build needs. */
export function debianPackages() {
  return readFileSync(join(buildFolder, 'packages.txt'), 'utf8').trim().split('\n');
}

/** @param {(line: string) => void} say */
function createProgressLine(say) {
  const isTerminal = process.stdout.isTTY;
  let saidPercent = -percentBetweenLines;
  /** @param {{ percent: number, text: string }} progress */
  const show = (progress) => {
    if (isTerminal) {
      process.stdout.write(`\r\x1b[2K  ${progress.text}`);
    } else if (progress.percent >= saidPercent + percentBetweenLines) {
      saidPercent = progress.percent;
      say(`  ${progress.text}`);
    }
  };
  show.end = () => {
    if (isTerminal) process.stdout.write('\n');
  };
  return show;
}
