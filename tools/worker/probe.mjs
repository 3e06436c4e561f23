import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../setup/child.mjs';
import { runtimeNode } from '../setup/paths.mjs';

/** mediasoup's main.cpp leaves with this code when it runs but is not told which version its parent speaks. */
const runsButWasToldNothing = 41;
const startTimeoutMs = 10_000;

/**
 * Whether a worker starts on this machine: the right processor, and every library it is linked with is there.
 *
 * @param {string} path
 * @returns {string | undefined} why not, or undefined when it does
 */
export function whyWorkerDoesNotStart(path) {
  if (!existsSync(path)) return 'there is no such file';
  const { status, signal, error, stderr } = spawnSync(path, {
    env: {},
    timeout: startTimeoutMs,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === runsButWasToldNothing) return undefined;
  const said = stderr?.trim().split('\n')[0];
  return said || error?.message || `it ended with ${signal ?? `exit code ${status}`}`;
}

/** @typedef {{ ok: true, ms: number } | { ok: false, reason: string }} Handshake */

/**
 * Has a worker complete a DTLS handshake, as it does with every browser: a worker can start and answer every request
 * and still crash there (sfu/worker-build/build.sh says why).
 *
 * @param {string} path
 * @returns {Promise<Handshake>}
 */
export async function tryDtlsHandshake(path) {
  const script = fileURLToPath(new URL('./dtls-handshake.mjs', import.meta.url));
  const { output } = await runQuietly(runtimeNode() ?? process.execPath, [script, path]);
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    return { ok: false, reason: output.trim().split('\n').at(-1) || 'the check itself did not run' };
  }
}

/** @param {string} folder */
export function workerIn(folder) {
  return join(folder, 'mediasoup-worker');
}
