import { readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { contentHash } from '../setup/content-hash.mjs';
import { cacheFolder, root } from '../setup/paths.mjs';

/** The installed mediasoup package, whose version the worker must have. */
export const mediasoupFolder = join(root, 'node_modules', 'mediasoup');

/** What the local build is made with. */
export const buildFolder = join(root, 'sfu', 'worker-build');

/** @returns {{ version: string, repository: { url: string } }} */
export function mediasoupPackage() {
  return JSON.parse(readFileSync(join(mediasoupFolder, 'package.json'), 'utf8'));
}

/** The folder of this version's worker, for this machine and these build files. */
export function workerFolder() {
  const build = contentHash(buildFolder, ['build.sh', 'packages.txt', 'shims']);
  return join(cacheFolder(), 'mediasoup-worker', `${mediasoupPackage().version}-${build}-${platform()}-${arch()}`);
}
