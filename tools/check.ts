import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lockFileProblems } from './check/lock-file.ts';
import { sourceFiles, sourcePaths } from './check/source-files.ts';
import { pathProblems, sourceProblems } from './check/source-rules.ts';
import { specProblems } from './check/spec-rules.ts';
import { programStep, root, runSteps, type Step } from './check/step.ts';

/*
 * `npm run check`: all that must hold of the sources without running them. `--report FILE` also writes
 * `{ passed, failed }` for npm test. A warning is a failure.
 */

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const inModules = (path: string) => join('node_modules', path);

const types = (name: string, project: string) =>
  programStep(`types: ${name}`, [inModules('typescript/bin/tsc'), '--project', project]);
const cruised = ['protocol', 'signalling', 'sfu', 'kiosk-widget', 'agent-console', 'launcher', 'e2e', 'bench'];
const configDocs = 'tools/config-docs.ts';
/** A contract suite holds the tests of every implementation of a port. */
const testFile = /\.(test|contract)\.tsx?$/;

const steps: Step[] = [
  types('server', 'tsconfig.json'),
  types('browser', 'tsconfig.browser.json'),
  types('tests', 'tsconfig.tests.json'),
  programStep('format and lint', [
    inModules('@biomejs/biome/bin/biome'),
    'ci',
    '--error-on-warnings',
    '--colors=off',
    '.',
  ]),
  programStep('boundaries', [
    ...['--import', './tools/check/swc-using.mjs', inModules('dependency-cruiser/bin/dependency-cruiser.mjs')],
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
    ...[...cruised, 'main.ts', 'config.ts'].filter((path) => existsSync(join(root, path))),
  ]),
  programStep('unused code', [inModules('knip/bin/knip.js'), '--treat-config-hints-as-errors']),
  {
    name: 'rules and tests',
    run: async () => specProblems(sourceFiles(/(^|\/)SPEC\.md$/), sourceFiles(testFile)),
  },
  { name: 'house rules', run: async () => [...sourceProblems(sourceFiles(/\.tsx?$/)), ...pathProblems(sourcePaths())] },
  { name: 'lock file', run: async () => lockFileProblems(readFileSync(join(root, 'package-lock.json'), 'utf8')) },
  ...(existsSync(join(root, configDocs)) ? [programStep('configuration docs', [configDocs, '--check'])] : []),
];

const startedAt = performance.now();
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const results = await runSteps(steps, {
  atOnce: availableParallelism(),
  onResult: ({ name, problems, ms }) =>
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(20)} ${seconds(ms).padStart(7)}`),
});
const failed = results.filter(({ problems }) => problems.length > 0);
for (const { name, problems } of failed) console.log(`\n── ${name} ──\n${problems.join('\n')}`);
const passed = results.length - failed.length;
console.log(`\ncheck: ${passed} passed, ${failed.length} failed in ${seconds(performance.now() - startedAt)}`);
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed: failed.length }));
process.exitCode = failed.length === 0 ? 0 : 1;
