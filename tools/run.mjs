#!/usr/bin/env node
import { join } from 'node:path';
import { runInForeground } from './setup/child.mjs';
import { provideChromium } from './setup/chromium.mjs';
import { Failure, runTool } from './setup/failure.mjs';
import { buildFrontEnds } from './setup/front-ends.mjs';
import { installPackages } from './setup/packages.mjs';
import { root, runtimeNode } from './setup/paths.mjs';
import { requireNode } from './setup/versions.mjs';
import { provideWorker } from './worker/provide.mjs';

/**
 * `node tools/run.mjs [--with-real-parts] SCRIPT [ARGUMENT…]`: runs a program of this checkout on Bangban's own Node. Real
 * parts are a media worker, the built front ends and a browser.
 */
await runTool(async () => {
  requireNode();
  const given = process.argv.slice(2);
  const needsRealParts = given[0] === '--with-real-parts';
  const [script, ...args] = needsRealParts ? given.slice(1) : given;
  if (!script) throw new Failure('Say which program to run: node tools/run.mjs [--with-real-parts] SCRIPT [ARGUMENT…]');
  const say = console.error;
  await installPackages({ say });
  const env = { ...process.env };
  if (needsRealParts) {
    await provideChromium({ say });
    env.MEDIASOUP_WORKER_BIN = (await provideWorker({ say })).path;
    await buildFrontEnds({ say });
  }
  return runInForeground(runtimeNode() ?? process.execPath, [join(root, script), ...args], { cwd: root, env });
});
