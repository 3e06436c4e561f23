import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { withFileLock } from '../setup/file-lock.mjs';
import { buildWorker } from './build.mjs';
import { downloadPrebuilt } from './download.mjs';
import { mediasoupPackage, workerFolder } from './mediasoup.mjs';
import { tryDtlsHandshake, whyWorkerDoesNotStart, workerIn } from './probe.mjs';

/** @typedef {'environment' | 'prebuilt' | 'built'} WorkerOrigin */
/** @typedef {{ path: string, origin: WorkerOrigin }} Worker */

/**
 * The worker that is ready to run, without getting one.
 *
 * @param {{ say: (line: string) => void }} options
 * @returns {Worker | undefined}
 */
export function findWorker({ say }) {
  const named = process.env.MEDIASOUP_WORKER_BIN;
  if (named) {
    const reason = whyWorkerDoesNotStart(named);
    if (!reason) return { path: named, origin: 'environment' };
    say(`MEDIASOUP_WORKER_BIN names ${named}, which does not start (${reason}); going on without it.`);
  }
  const folder = workerFolder();
  if (!existsSync(folder)) return undefined;
  const reason = whyWorkerDoesNotStart(workerIn(folder));
  if (!reason) return { path: workerIn(folder), origin: readOrigin(folder) };
  say(`The media worker that was kept no longer starts (${reason}); getting a new one.`);
  return undefined;
}

/**
 * Gets a media worker: the one that MEDIASOUP_WORKER_BIN names, the one that was kept, mediasoup's prebuilt one, or
 * one built here. What is kept has started and shaken hands on this machine.
 *
 * @param {{ say: (line: string) => void }} options
 * @returns {Promise<Worker>}
 * @throws {Failure}
 */
export async function provideWorker({ say }) {
  const found = findWorker({ say });
  if (found) return found;
  const folder = workerFolder();
  const onWait = (/** @type {number} */ holder) =>
    say(`Process ${holder} is already getting the media worker; waiting for it.`);
  return withFileLock(`${folder}.lock`, { onWait }, async () => {
    const meanwhile = existsSync(folder) && findWorker({ say });
    if (meanwhile) return meanwhile;
    const fresh = `${folder}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const origin = (await tryPrebuilt(fresh, say)) ?? (await build(fresh, say));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(fresh, folder);
    return { path: workerIn(folder), origin };
  });
}

/** @param {string} folder @param {(line: string) => void} say @returns {Promise<WorkerOrigin | undefined>} */
async function tryPrebuilt(folder, say) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return undefined;
  say(`Looking for a prebuilt media worker ${mediasoupPackage().version}…`);
  const reason = (await downloadPrebuilt(folder)) ?? (await whyNotTrusted(folder));
  rmSync(join(folder, 'prebuilt.tgz'), { force: true });
  if (reason) {
    say(`No prebuilt worker (${reason}); building one here.`);
    return undefined;
  }
  return keep(folder, 'prebuilt');
}

/** @param {string} folder @param {(line: string) => void} say @returns {Promise<WorkerOrigin>} */
async function build(folder, say) {
  await buildWorker({ work: `${workerFolder()}.work`, destination: workerIn(folder), say });
  const reason = await whyNotTrusted(folder);
  if (reason) {
    throw new Failure(
      `The media worker was built, but ${reason}. Report it with the output of npm run doctor; until then set ` +
        'MEDIASOUP_WORKER_BIN to a worker from another machine.',
    );
  }
  say('The media worker is built, starts, and completes a DTLS handshake.');
  return keep(folder, 'built');
}

/** @param {string} folder */
async function whyNotTrusted(folder) {
  chmodSync(workerIn(folder), 0o755);
  const doesNotStart = whyWorkerDoesNotStart(workerIn(folder));
  if (doesNotStart) return `it does not start on this machine: ${doesNotStart}`;
  const handshake = await tryDtlsHandshake(workerIn(folder));
  return handshake.ok ? undefined : handshake.reason;
}

/** @template {WorkerOrigin} Origin @param {string} folder @param {Origin} origin */
function keep(folder, origin) {
  writeFileSync(join(folder, 'origin'), origin);
  return origin;
}

/** @param {string} folder @returns {WorkerOrigin} */
function readOrigin(folder) {
  try {
    return readFileSync(join(folder, 'origin'), 'utf8') === 'prebuilt' ? 'prebuilt' : 'built';
  } catch {
    return 'built';
  }
}
