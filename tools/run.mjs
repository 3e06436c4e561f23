#!/usr/bin/env node
import { join } from 'node:path';
import { runInForeground } from './setup/child.mjs';
import { Failure, runTool } from './setup/failure.mjs';
import { installPackages } from './setup/packages.mjs';
import { root, runtimeNode } from './setup/paths.mjs';
import { requireNode } from './setup/versions.mjs';

/** `node tools/run.mjs SCRIPT [ARGUMENT…]`: runs a program of this checkout on Bangban's own Node. */
await runTool(async () => {
  requireNode();
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new Failure('Say which program to run: node tools/run.mjs SCRIPT [ARGUMENT…]');
  await installPackages({ say: console.error });
  return runInForeground(runtimeNode() ?? process.execPath, [join(root, script), ...args], { cwd: root });
});
