import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('has defaults, and gives the roles an absolute data folder', () => {
  const config = readConfig({ PORT: '3000', DRAIN_TIMEOUT_MS: '' });
  expect(config).toMatchObject({ drainTimeoutMs: 10_000, commandGivenAtMs: undefined });
  expect(config.dataDir).toMatch(/^\/.*\/data$/);
  expect(config.env).toMatchObject({ PORT: '3000', DATA_DIR: config.dataDir });
});

it('names a setting that cannot be used, in a sentence', () => {
  expect(() => readConfig({ DRAIN_TIMEOUT_MS: 'soon' })).toThrow(/DRAIN_TIMEOUT_MS must be a whole number/);
});
