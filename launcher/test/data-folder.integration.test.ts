import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareDataFolder } from '../src/data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bangban-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes the folder with its parts, readable by its owner only', () => {
  const dataDir = join(folder, 'deep', 'data');
  prepareDataFolder(dataDir);
  for (const part of ['logs', 'secrets']) expect(statSync(join(dataDir, part)).mode & 0o777).toBe(0o700);
});

it('says what to do when it cannot be made', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => prepareDataFolder(join(folder, 'file', 'data'))).toThrow(/cannot be made or written .* set DATA_DIR/);
});
