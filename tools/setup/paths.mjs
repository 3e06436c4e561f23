import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The first Node release that runs Bangban's TypeScript sources and mediasoup as they are. */
export const runtimeMajor = 24;

/** Where things that take long to make are kept, outside the checkout, for every checkout of this person. */
export function cacheFolder() {
  const { BANGBAN_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  return resolve(BANGBAN_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'bangban'));
}

/** The npm package that carries the Node runtime for this machine, whether it is installed or not. */
export function runtimePackage() {
  return join(root, 'node_modules', `node-${process.platform}-${process.arch}`);
}

/**
 * The Node that runs Bangban: the one npm installed, else this one when it is new enough.
 *
 * @returns {string | undefined}
 */
export function runtimeNode() {
  const packaged = join(runtimePackage(), 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  return Number.parseInt(process.versions.node, 10) >= runtimeMajor ? process.execPath : undefined;
}
