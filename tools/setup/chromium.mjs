import { existsSync } from 'node:fs';
import { installDebianPackages } from './apt.mjs';

/** Where Debian puts it. Tests use this browser and no other, so that they see the same everywhere. */
const debianPath = '/usr/bin/chromium';

/** @returns {string | undefined} */
export function installedChromium() {
  return existsSync(debianPath) ? debianPath : undefined;
}

/**
 * Makes sure that there is a browser for the end-to-end tests, with a font that has Chinese characters.
 *
 * @param {{ say: (line: string) => void }} options
 * @throws {import('./failure.mjs').Failure}
 */
export async function provideChromium({ say }) {
  await installDebianPackages(['chromium', 'fonts-noto-cjk'], {
    purpose: 'The end-to-end tests need',
    otherwise: `Install Chromium so that it is at ${debianPath}, or run only what needs no browser: npm test -- check unit integration`,
    say,
  });
}
