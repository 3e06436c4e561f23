import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './bench.ts';

const dist = resolve(import.meta.dirname, '../kiosk-widget/dist');
const loader = 'bangban.js';
/** Decimal, as the goals are. */
const bytesPerKb = 1_000;

/*
 * What a kiosk page loads, gzip level 9, from the real build (`npm run build`): the loader, which is there before a touch;
 * and the call path, which is everything that the loader can load when somebody means to press the button, found by
 * following the imports in the built files.
 */
export const size: Bench = {
  name: 'size',
  summary: 'gzip bytes of the loader and of the call path',
  async run() {
    const files = await everythingFrom(loader);
    const kilobytes = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + gzipSync(files.get(name) ?? '', { level: 9 }).length, 0) / bytesPerKb;
    const onIntent = [...files.keys()].filter((name) => name !== loader);
    return {
      figures: [
        {
          what: 'loader',
          unit: 'kB gzip',
          repeats: [[kilobytes([loader])]],
          goal: { words: '≤ 3', isMet: (value) => value <= 3 },
        },
        {
          what: 'call path, loaded on intent',
          unit: 'kB gzip',
          repeats: [[kilobytes(onIntent)]],
          goal: { words: '≤ 65', isMet: (value) => value <= 65 },
        },
      ],
      notes: [`call path: ${onIntent.join(', ')}`],
    };
  },
};

/** A file of the build and all that it imports, now or later, by name. @throws when the widget is not built */
async function everythingFrom(entry: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const pending = [entry];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (files.has(name)) continue;
    const text = await readFile(join(dist, name), 'utf8');
    files.set(name, text);
    // Built files name each other in import statements and import() calls, always beside themselves.
    for (const [, imported] of text.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) if (imported) pending.push(imported);
  }
  return files;
}
