import { readFile } from 'node:fs/promises';

/**
 * The token that proves this media server to signalling, read anew for every attempt: signalling makes the file on its
 * first run, and may have a new one after a restart.
 *
 * @returns undefined while the file is not there yet
 */
export async function readLinkToken(source: { value: string } | { file: string }): Promise<string | undefined> {
  if ('value' in source) return source.value;
  try {
    return (await readFile(source.file, 'utf8')).trim() || undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
