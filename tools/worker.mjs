#!/usr/bin/env node
import { runTool } from './setup/failure.mjs';
import { installPackages } from './setup/packages.mjs';
import { requireNode } from './setup/versions.mjs';
import { provideWorker } from './worker/provide.mjs';

/** `node tools/worker.mjs`: gets a media worker and prints its path, alone, on standard output. */
await runTool(async () => {
  requireNode();
  await installPackages({ say: console.error });
  const worker = await provideWorker({ say: console.error });
  console.log(worker.path);
});
