import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 500;

/**
 * Does work while holding a lock that other processes of this machine respect. A lock whose holder is gone is taken.
 *
 * @template Result
 * @param {string} path the lock file
 * @param {{ onWait?: (holder: number) => void }} options
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withFileLock(path, options, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const holder = take(path);
    if (holder === undefined) break;
    if (!told) options.onWait?.(holder);
    told = true;
    await delay(pollMs);
  }
  const free = () => rmSync(path, { force: true });
  process.once('exit', free);
  try {
    return await work();
  } finally {
    process.off('exit', free);
    free();
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} the process that holds it, or undefined when it is ours now
 */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const holder = readHolder(path);
  if (isAlive(holder)) return holder;
  setAside(path, holder);
  return take(path);
}

/** @param {string} path */
function readHolder(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Removes the lock of a process that is gone, unless another has just replaced it: then that one is put back.
 *
 * @param {string} path
 * @param {number} gone
 */
function setAside(path, gone) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const now = readHolder(aside);
  if (now === gone || !isAlive(now)) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
