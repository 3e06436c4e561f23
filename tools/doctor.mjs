#!/usr/bin/env node
import { findingLine } from './doctor/finding.mjs';
import { checkClock, checkDisk, checkPorts } from './doctor/machine.mjs';
import { checkChromium, checkNode, checkNpm, checkPackages, checkWorker } from './doctor/program.mjs';
import { runTool } from './setup/failure.mjs';

/** `npm run doctor`: one line per prerequisite. Exit code 1 when something that `npm start` cannot mend is wrong. */
await runTool(async () => {
  const steps = [checkNode, checkNpm, checkPackages, checkWorker, checkPorts, checkDisk, checkClock, checkChromium];
  let isMissing = false;
  for (const step of steps) {
    for (const finding of [await step()].flat()) {
      console.log(findingLine(finding));
      isMissing ||= finding.level === 'missing';
    }
  }
  return isMissing ? 1 : 0;
});
