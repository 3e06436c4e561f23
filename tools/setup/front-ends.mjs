import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { contentHash } from './content-hash.mjs';
import { Failure } from './failure.mjs';
import { root, runtimeNode } from './paths.mjs';

/** All that can change what the two front ends become. */
const sources = [
  'package-lock.json',
  'tools/build.ts',
  'tsconfig.base.json',
  'protocol/src',
  'signalling/src/client',
  'sfu/src/client',
  'agent-console',
  'kiosk-widget',
];
const results = ['agent-console/dist', 'kiosk-widget/dist', 'kiosk-widget/dist-demo'];
const neverSources = new Set(['node_modules', 'dist', 'dist-demo', 'test']);
/** Pictures that the screens' own tests take. */
const pictures = /^[^/]+\/screens$/;

const stampFile = join(root, '.cache', 'front-ends-built-from');

/**
 * Builds the console and the widget when their sources have changed since the last time.
 *
 * @param {{ say: (line: string) => void }} options
 * @throws {Failure}
 */
export async function buildFrontEnds({ say }) {
  const hash = contentHash(root, sources, isSource);
  if (results.every((folder) => existsSync(join(root, folder))) && readStamp() === hash) return;
  say('Building the console and the kiosk widget…');
  const { code, output } = await runQuietly(runtimeNode() ?? process.execPath, [join(root, 'tools', 'build.ts')], {
    cwd: root,
  });
  if (code !== 0) {
    const failed = output.split('\n').filter((line) => line.endsWith('could not be built.'));
    throw new Failure(`${failed.join('\n') || 'The front ends could not be built.'}\nRun npm run build to see why.`);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
}

/** @param {string} path */
function isSource(path) {
  const name = basename(path);
  return !neverSources.has(name) && !pictures.test(path) && !name.endsWith('.md') && !/\.test\.tsx?$/.test(name);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}
