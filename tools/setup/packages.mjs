import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { Failure } from './failure.mjs';
import { withFileLock } from './file-lock.mjs';
import { cacheFolder, root, runtimeMajor, runtimeNode, runtimePackage } from './paths.mjs';
import { npmCommand, requireNpm } from './versions.mjs';

/** Remembers which lock file node_modules was last known to be in step with. It is gone with node_modules. */
const stampFile = join(root, 'node_modules', '.bangban-installed');

/**
 * Brings node_modules in step with package-lock.json. Takes a few milliseconds when it is already.
 *
 * @param {{ say: (line: string) => void }} options
 * @returns {Promise<'in-step' | 'installed'>}
 */
export async function installPackages({ say }) {
  if (isInstalled()) return 'in-step';
  const lockFile = join(cacheFolder(), `install-${digest(root).slice(0, 12)}.lock`);
  const onWait = () => say('Another process is installing the packages; waiting for it.');
  return withFileLock(lockFile, { onWait }, async () => {
    if (isInstalled()) return 'in-step';
    requireNpm();
    say('Installing packages (once, about a minute)…');
    await runNpmCi();
    if (!runtimeNode()) throw new Failure(missingRuntime());
    writeFileSync(stampFile, wantedStamp());
    return 'installed';
  });
}

/** Whether node_modules is what package-lock.json asks for, with a Node that runs Bangban. */
export function isInstalled() {
  if (!runtimeNode()) return false;
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  // npm install by hand brings them in step as well, and must not be undone by a fresh installation.
  if (
    !matchesLock(readJson(join(root, 'package-lock.json')), readJson(join(root, 'node_modules/.package-lock.json')))
  ) {
    return false;
  }
  writeFileSync(stampFile, stamp);
  return true;
}

/** @typedef {{ packages?: Record<string, { version?: string, link?: boolean, optional?: boolean }> }} LockFile */

/**
 * Whether npm's record of what is in node_modules has every package that the lock file names. An optional one may be
 * missing: it is for another kind of machine.
 *
 * @param {LockFile | undefined} wanted
 * @param {LockFile | undefined} installed
 */
export function matchesLock(wanted, installed) {
  if (!wanted?.packages || !installed?.packages) return false;
  return Object.entries(wanted.packages).every(([path, { version, link, optional }]) => {
    const found = installed.packages?.[path];
    if (!path.startsWith('node_modules/') || (link && found)) return true;
    return found ? found.version === version : optional === true;
  });
}

async function runNpmCi() {
  const { command, args } = npmCommand();
  const { code, output } = await runQuietly(command, [...args, 'ci', '--loglevel=error'], { cwd: root });
  if (code === 0) return;
  const said = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|\.npm\/_logs/.test(line))
    .slice(0, 6)
    .map((line) => `  ${line}`);
  throw new Failure(
    `npm ci could not install the packages:\n${said.join('\n') || `  exit code ${code}`}\n` +
      'Check that this machine reaches its npm registry (npm ping) and that the disk has 1 GB free, then try again.',
  );
}

function missingRuntime() {
  return (
    `Bangban runs on Node ${runtimeMajor}, and there is no ready one for ${process.platform} ${process.arch}. ` +
    `Install Node ${runtimeMajor} from https://nodejs.org/en/download and try again.`
  );
}

function wantedStamp() {
  const runtime = existsSync(runtimePackage()) ? runtimePackage() : process.execPath;
  return digest(`${readFileSync(join(root, 'package-lock.json'), 'utf8')}\0${runtime}`);
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** @param {string} path @returns {LockFile | undefined} */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
