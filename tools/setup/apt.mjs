import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { Failure } from './failure.mjs';

/** How long apt waits for another apt or an unattended upgrade on this machine. */
const lockTimeoutSeconds = 300;

/**
 * Which of these Debian packages are not installed; undefined where there is no dpkg.
 *
 * @param {readonly string[]} names
 * @returns {string[] | undefined}
 */
export function missingDebianPackages(names) {
  if (!existsSync('/usr/bin/dpkg-query')) return undefined;
  return names.filter((name) => {
    try {
      const status = execFileSync('dpkg-query', ['-s', name], { stdio: ['ignore', 'pipe', 'ignore'] });
      return !/^Status: .* ok installed$/m.test(String(status));
    } catch {
      return true;
    }
  });
}

/**
 * Installs what is missing of these Debian packages, as root or with sudo.
 *
 * @param {readonly string[]} names
 * @param {{ purpose: string, otherwise: string, say: (line: string) => void }} options `purpose` begins a sentence
 *   ("The media worker is built with"), `otherwise` is what to do on a system without apt
 * @throws {Failure} naming the command that a person can run instead
 */
export async function installDebianPackages(names, { purpose, otherwise, say }) {
  const missing = missingDebianPackages(names);
  if (missing?.length === 0) return;
  const wanted = (missing ?? names).join(' ');
  if (!missing || !existsSync('/usr/bin/apt-get')) {
    throw new Failure(`${purpose} these Debian packages, and this machine has no apt-get: ${wanted}. ${otherwise}`);
  }
  const byHand = `sudo apt-get update && sudo apt-get install --no-install-recommends ${wanted}`;
  const run = await asRoot();
  if (!run) {
    throw new Failure(`${purpose} Debian packages that only root can install. Run this, then try again:\n  ${byHand}`);
  }
  say(`Installing Debian packages: ${wanted}`);
  const apt = [
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-qq',
    '-o',
    `DPkg::Lock::Timeout=${lockTimeoutSeconds}`,
  ];
  // A stale index is no reason to stop: what is wanted may be in it, and the installation says so if not.
  await run([...apt, 'update']);
  const { code, output } = await run([...apt, 'install', '-y', '--no-install-recommends', ...missing]);
  if (code === 0) return;
  throw new Failure(
    `apt-get could not install ${wanted}:\n${lastLines(output)}\nMend that (network, sources.list), or run this by hand:\n  ${byHand}`,
  );
}

/** @typedef {(commandLine: readonly string[]) => Promise<{ code: number | null, output: string }>} Run */

/**
 * Finds a way to run a command as root; undefined when only a person at another prompt could.
 *
 * @returns {Promise<Run | undefined>}
 */
async function asRoot() {
  if (process.getuid?.() === 0) return ([command = '', ...args]) => runQuietly(command, args);
  const withoutPassword = await runQuietly('sudo', ['-n', 'true']);
  if (withoutPassword.code === 0) return (commandLine) => runQuietly('sudo', ['-n', ...commandLine]);
  if (withoutPassword.code === 127 || !process.stdin.isTTY) return undefined;
  // sudo asks for the password here, in the person's own terminal.
  return async (commandLine) => ({ code: spawnSync('sudo', commandLine, { stdio: 'inherit' }).status, output: '' });
}

/** @param {string} output */
function lastLines(output) {
  return output
    .trim()
    .split('\n')
    .slice(-4)
    .map((line) => `  ${line}`)
    .join('\n');
}
