import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the data folder with what every role expects in it.
 *
 * @throws an error named CannotStart with a sentence for the operator
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    // Secrets and logs are nobody else's business. Made here, because either role may be the first to look for them.
    for (const folder of ['logs', 'secrets']) mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message =
      `The data folder ${dataDir} cannot be made or written (${code}). Change its owner, or set DATA_DIR to a folder ` +
      'that this user can write.';
    throw Object.assign(new Error(message, { cause: error }), { name: 'CannotStart' });
  }
}
