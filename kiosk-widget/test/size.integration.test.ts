import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';

/** docs/figures: what a kiosk downloads before a touch, and until it is connected. In bytes, gzipped at the default level. */
const LOADER_BYTES = 3_000;
const CALL_PATH_BYTES = 65_000;

it('[WIDGET-3] stays within what a kiosk may have to download', async () => {
  const root = resolve(import.meta.dirname, '..');
  const built = await build({
    root,
    configFile: resolve(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { write: false },
  });
  const files = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const bytes = new Map(
    files.map((file) => [file.fileName, gzipSync(file.type === 'chunk' ? file.code : file.source).length]),
  );
  expect(bytes.get('bangban.js')).toBeLessThanOrEqual(LOADER_BYTES);
  expect([...bytes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(CALL_PATH_BYTES);
});
