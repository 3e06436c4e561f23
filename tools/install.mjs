#!/usr/bin/env node
import { runTool } from './setup/failure.mjs';
import { installPackages } from './setup/packages.mjs';
import { requireNode } from './setup/versions.mjs';

/** `node tools/install.mjs`: brings node_modules in step with the lock file. */
await runTool(async () => {
  requireNode();
  const result = await installPackages({ say: console.log });
  console.log(result === 'installed' ? 'Packages installed.' : 'Packages are in step with package-lock.json.');
});
