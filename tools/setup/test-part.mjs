import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runInForeground } from './child.mjs';
import { root, runtimeNode } from './paths.mjs';

/** @typedef {{ passed: number, failed: number, notes: string[] }} Outcome */

const results = join(root, '.cache', 'test-results');

/**
 * Runs the checks; each of them counts as one test.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
export async function runChecks(env) {
  const report = freshReport('check');
  const code = await runNode(['tools/check.ts', '--report', report], env);
  return tally(readJson(report), code, 'the checks');
}

/**
 * Runs the tests of one Vitest project.
 *
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
export async function runTests(project, env) {
  const report = freshReport(project);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests'];
  const code = await runNode([...vitest, '--reporter=default', '--reporter=json', `--outputFile=${report}`], env);
  return tally(countTests(readJson(report)), code, `the ${project} tests`);
}

/**
 * @typedef {{ status: string, assertionResults: { status: string, fullName: string }[], name: string, message: string }} FileReport
 * @typedef {{ testResults: FileReport[] }} VitestReport
 */

/**
 * A test that was skipped was not passed: a missing prerequisite must not leave a machine that checks others content.
 *
 * @param {VitestReport | undefined} report
 * @returns {Outcome | undefined}
 */
export function countTests(report, isCi = Boolean(process.env.CI)) {
  if (!report) return undefined;
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: 0, notes: [] };
  for (const file of report.testResults) {
    const failedBefore = outcome.failed;
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') outcome.passed += 1;
      else if (status === 'failed') outcome.failed += 1;
      else if (isCi) {
        outcome.failed += 1;
        outcome.notes.push(`skipped, which counts as failed here: ${fullName}`);
      } else outcome.notes.push(`skipped: ${fullName}`);
    }
    // A file that could not be loaded, or whose hooks failed, has no failed test to show for it.
    if (file.status === 'failed' && outcome.failed === failedBefore) outcome.failed += 1;
  }
  return outcome;
}

/** @param {Partial<Outcome> | undefined} counted @param {number} code @param {string} what @returns {Outcome} */
function tally(counted, code, what) {
  const { passed = 0, failed = 0, notes = [] } = counted ?? {};
  if (code === 0 || failed > 0) return { passed, failed, notes };
  return { passed, failed: 1, notes: [...notes, `${what} ended with exit code ${code}`] };
}

/** @param {readonly string[]} args @param {NodeJS.ProcessEnv} env */
function runNode(args, env) {
  return runInForeground(runtimeNode() ?? process.execPath, args, { cwd: root, env });
}

/** @param {string} name */
function freshReport(name) {
  mkdirSync(results, { recursive: true });
  const path = join(results, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
