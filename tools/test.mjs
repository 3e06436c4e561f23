#!/usr/bin/env node
import { delimiter, join } from 'node:path';
import { provideChromium } from './setup/chromium.mjs';
import { Failure, runTool, sentenceOf } from './setup/failure.mjs';
import { buildFrontEnds } from './setup/front-ends.mjs';
import { installPackages } from './setup/packages.mjs';
import { root } from './setup/paths.mjs';
import { runChecks, runTests } from './setup/test-part.mjs';
import { requireNode } from './setup/versions.mjs';
import { provideWorker } from './worker/provide.mjs';

const parts = ['check', 'unit', 'integration', 'e2e'];
/** These need a media worker, the built front ends, and a browser. */
const partsWithRealParts = new Set(['integration', 'e2e']);

/**
 * `npm test`: everything that must hold, after bringing what it takes. `npm test -- unit` runs a part. The last line is
 * `N passed, M failed`.
 */
await runTool(async () => {
  requireNode();
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((part) => !parts.includes(part));
  if (unknown) throw new Failure(`There is no part ${unknown} of the tests; choose from: ${parts.join(', ')}.`);
  const wanted = parts.filter((part) => chosen.length === 0 || chosen.includes(part));

  const env = await prepare(wanted).catch((error) => {
    console.error(`\n✗ ${sentenceOf(error)}`);
  });
  if (!env) {
    // Whoever reads only the last line must see that nothing was tested.
    console.log('\n0 passed, 1 failed');
    return 1;
  }
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isInterrupted = true));
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const notes = [];
  for (const part of wanted) {
    console.log(`\n── ${part} ──`);
    const outcome = part === 'check' ? await runChecks(env) : await runTests(part, env);
    if (isInterrupted) return 130;
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    notes.push(...outcome.notes);
  }
  console.log(['', ...notes, `${total.passed} passed, ${total.failed} failed`].join('\n'));
  return total.failed === 0 ? 0 : 1;
});

/** @param {readonly string[]} wanted @returns {Promise<NodeJS.ProcessEnv>} the environment for the tests */
async function prepare(wanted) {
  const say = console.log;
  await installPackages({ say });
  // What a test starts by the name `node` is Bangban's own Node as well.
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` };
  if (!wanted.some((part) => partsWithRealParts.has(part))) return env;
  await provideChromium({ say });
  const worker = await provideWorker({ say });
  await buildFrontEnds({ say });
  return { ...env, MEDIASOUP_WORKER_BIN: worker.path };
}
