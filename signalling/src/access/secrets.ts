import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { isStrongSecret } from '../config.ts';

/** What signs tokens, and what media servers prove themselves with. */
export type Secrets = { tokenSecret: string; linkToken: string };

/**
 * The secrets of this installation: from the configuration where it names them, else from `DATA_DIR/secrets`, where
 * they are made on the first run. Two roles that start at once get the same ones.
 *
 * @throws CannotStart when a file may be read by others, or holds too little
 */
export function loadSecrets(options: {
  dataDir: string;
  tokenSecret?: string | undefined;
  linkToken?: string | undefined;
}): Secrets {
  const folder = join(options.dataDir, 'secrets');
  return {
    tokenSecret: options.tokenSecret ?? readOrMakeSecret(folder, 'token-secret'),
    linkToken: options.linkToken ?? readOrMakeSecret(folder, 'link-token'),
  };
}

function readOrMakeSecret(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  requirePrivate(folder, '700');
  const path = join(folder, name);
  makeOnce(path);
  requirePrivate(path, '600');
  const secret = readFileSync(path, 'utf8').trim();
  if (!isStrongSecret(secret)) {
    throw new CannotStart(`${path} is too short or a sample. Delete it: a new one is made at the next start.`);
  }
  return secret;
}

/** A hard link appears whole or not at all, so nobody ever reads half a secret. */
function makeOnce(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    // The other role was faster: its secret counts.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
}

function requirePrivate(path: string, mode: string): void {
  const facts = lstatSync(path);
  if (facts.isSymbolicLink() || (facts.mode & 0o077) !== 0) {
    throw new CannotStart(`${path} may be read or changed by other users of this machine. Run: chmod ${mode} ${path}`);
  }
}
