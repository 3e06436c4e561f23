#!/usr/bin/env node
import { join } from 'node:path';
import { runInForeground } from './setup/child.mjs';
import { runTool } from './setup/failure.mjs';
import { buildFrontEnds } from './setup/front-ends.mjs';
import { installPackages } from './setup/packages.mjs';
import { root, runtimeNode } from './setup/paths.mjs';
import { requireNode } from './setup/versions.mjs';
import { provideWorker } from './worker/provide.mjs';

/**
 * `npm start`: brings everything that is missing (packages, media worker, front ends) and runs the program. With
 * nothing to bring it adds a fraction of a second.
 */
await runTool(async () => {
  const commandGivenAtMs = Date.now() - Math.round(performance.now());
  const say = console.log;
  requireNode();
  await installPackages({ say });
  const worker = await provideWorker({ say });
  await buildFrontEnds({ say });
  return runInForeground(runtimeNode() ?? process.execPath, [join(root, 'main.ts'), ...process.argv.slice(2)], {
    env: {
      ...process.env,
      MEDIASOUP_WORKER_BIN: worker.path,
      BANGBAN_COMMAND_GIVEN_AT_MS: String(commandGivenAtMs),
    },
  });
});
