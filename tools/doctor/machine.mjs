import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder, root } from '../setup/paths.mjs';
import { attention, fine, missing } from './finding.mjs';
import { whyPortIsNotFree } from './ports.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */

const gigabyte = 1e9;
/** Below this an installation with a build of the worker does not fit. */
const neededBytes = 1.5 * gigabyte;

/** Ports as the roles read them; the defaults are those of docs/configuration.md. */
function settings(env = process.env) {
  return {
    host: env.HOST || '127.0.0.1',
    port: Number(env.PORT || 3_000),
    mediaAddress: env.MEDIA_LISTEN_ADDRESS || '127.0.0.1',
    firstMediaPort: Number(env.MEDIA_PORT || 40_000),
    mediaWorkers: Number(env.MEDIA_WORKERS) || availableParallelism(),
    dataDir: resolve(root, env.DATA_DIR || './data'),
  };
}

/** @returns {Promise<Finding[]>} */
export async function checkPorts() {
  const { host, port, mediaAddress, firstMediaPort, mediaWorkers } = settings();
  const pages = await whyPortIsNotFree('tcp', { address: host, port });
  /** @type {string[]} */
  const taken = [];
  for (let media = firstMediaPort; media < firstMediaPort + mediaWorkers; media += 1) {
    for (const protocol of /** @type {const} */ (['udp', 'tcp'])) {
      const reason = await whyPortIsNotFree(protocol, { address: mediaAddress, port: media });
      if (reason) taken.push(`${protocol} ${media}: ${reason}`);
    }
  }
  const range = `UDP and TCP ${firstMediaPort} to ${firstMediaPort + mediaWorkers - 1} on ${mediaAddress}`;
  return [
    pages
      ? missing('Page port', `TCP ${port} on ${host}: ${pages}. End it (perhaps Bangban already runs), or set PORT`)
      : fine('Page port', `TCP ${port} on ${host} is free`),
    taken.length > 0
      ? missing('Media ports', `${taken.join('; ')}. End it, or set MEDIA_PORT`)
      : fine('Media ports', `${range} are free`),
  ];
}

/** @returns {Finding[]} */
export function checkDisk() {
  const { dataDir } = settings();
  const existing = nearestExisting(dataDir);
  const findings = [spaceFinding('Disk', existing), spaceFinding('Cache', nearestExisting(cacheFolder()))];
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return [...findings, fine('Data folder', `${dataDir} can be written`)];
  } catch {
    const says = `${existing} may not be written by this user; change its owner, or set DATA_DIR`;
    return [...findings, missing('Data folder', says)];
  }
}

/** @param {string} subject @param {string} folder @returns {Finding} */
function spaceFinding(subject, folder) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const says = `${(free / gigabyte).toFixed(1)} GB free at ${folder}`;
  return free < neededBytes ? attention(subject, `${says}; an installation needs 1.5 GB`) : fine(subject, says);
}

/** @param {string} path */
function nearestExisting(path) {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

/**
 * Tokens and recordings carry times, so a clock that is far off is noticed where it matters. What can be told without
 * a network is whether it is before this checkout was made.
 *
 * @returns {Finding}
 */
export function checkClock() {
  const { mtimeMs } = statSync(join(root, 'package.json'));
  const now = new Date();
  const says = `${now.toISOString()} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`;
  const day = 86_400_000;
  if (now.getTime() < mtimeMs - day) return attention('Clock', `${says} is before this checkout; set it (timedatectl)`);
  return fine('Clock', says);
}
