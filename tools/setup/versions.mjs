import { execFileSync } from 'node:child_process';
import { Failure } from './failure.mjs';

/** The oldest Node and npm that can install Bangban; its programs then run on the Node that npm installed. */
export const oldestNode = '20.19.0';
export const oldestNpm = '10.0.0';

/** @param {string} version @param {string} oldest */
export function isAtLeast(version, oldest) {
  const [have, need] = [version, oldest].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (const place of [0, 1, 2]) {
    const difference = (have?.[place] ?? 0) - (need?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @throws {Failure} when this Node is too old to go on. */
export function requireNode(version = process.versions.node) {
  if (isAtLeast(version, oldestNode)) return;
  throw new Failure(
    `Bangban needs Node ${oldestNode} or newer to install itself, and this is Node ${version}. ` +
      'Install a newer one (https://nodejs.org/en/download, or Debian 13: apt-get install nodejs npm) and try again.',
  );
}

/** How to call the npm that this command came from, or the one on the PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? { command: process.execPath, args: [script] } : { command: 'npm', args: [] };
}

/** The version of npm. @throws {Failure} when there is none. */
export function npmVersion() {
  const fromNpm = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1];
  if (fromNpm) return fromNpm;
  const { command, args } = npmCommand();
  try {
    return execFileSync(command, [...args, '--version'], { encoding: 'utf8' }).trim();
  } catch {
    throw new Failure('npm is not on the PATH. It comes with Node (Debian: apt-get install npm); install it.');
  }
}

/** @throws {Failure} when npm is missing or too old to install from the lock file. */
export function requireNpm(version = npmVersion()) {
  if (isAtLeast(version, oldestNpm)) return;
  throw new Failure(
    `Bangban needs npm ${oldestNpm} or newer, and this is npm ${version}. Run: npm install --global npm@11`,
  );
}
