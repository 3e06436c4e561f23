import { expect, it } from 'vitest';
import { lockFileProblems } from './lock-file.ts';

const lockFile = (packages: object) => JSON.stringify({ packages });
const tool = { version: '2.0.0', optionalDependencies: { 'tool-darwin': '2.0.0' } };

it('is content when every package for another machine is there, wherever it is', () => {
  expect(lockFileProblems(lockFile({ 'node_modules/tool': tool, 'node_modules/tool-darwin': {} }))).toEqual([]);
  const nested = { 'node_modules/a/node_modules/tool': tool, 'node_modules/a/node_modules/tool-darwin': {} };
  expect(lockFileProblems(lockFile(nested))).toEqual([]);
});

it('names a package that a registry did not have', () => {
  expect(lockFileProblems(lockFile({ 'node_modules/tool': tool }))).toEqual([
    'package-lock.json: node_modules/tool 2.0.0 needs tool-darwin, which is not there; choose another version',
  ]);
});
