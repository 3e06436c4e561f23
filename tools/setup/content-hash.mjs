import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash over the names and contents of files, folders included with all that is in them.
 *
 * @param {string} base paths are relative to it, so that the hash does not depend on where the checkout is
 * @param {readonly string[]} paths
 * @param {(path: string) => boolean} [isWanted] asked for each file and folder
 * @returns {string} 12 hexadecimal digits, enough to tell builds apart
 */
export function contentHash(base, paths, isWanted = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, { base, path, isWanted });
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {{ base: string, path: string, isWanted: (path: string) => boolean }} entry
 */
function addTo(hash, { base, path, isWanted }) {
  const full = join(base, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (!stats || !isWanted(path)) return;
  if (stats.isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, { base, path: join(path, name), isWanted });
    return;
  }
  if (!stats.isFile()) return;
  const content = readFileSync(full);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
