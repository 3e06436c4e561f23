import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const notOurs = new Set(['node_modules', 'dist', 'dist-demo', 'data', 'coverage', '.git', '.cache']);

export type SourceFile = { path: string; text: string };

/** Every file of the checkout whose path (relative, with slashes) matches, what is built or installed left out. */
export function sourceFiles(pattern: RegExp): SourceFile[] {
  return walk(root)
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The path of every file of the checkout. */
export function sourcePaths(): string[] {
  return walk(root);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() ? [relative(root, path)] : [];
  });
}
