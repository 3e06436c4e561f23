import { join } from 'node:path';
import { build } from 'vite';

let bundled: Promise<string> | undefined;

/** The page of one participant, as one script. Built once per test file. */
export function participantScript(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2024',
      lib: { entry: join(import.meta.dirname, 'page/participant.ts'), formats: ['iife'], name: 'page' },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('vite gave no output');
  return output.output[0].code;
}
