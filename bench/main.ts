import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { describeMachine } from './measure/machine.ts';
import { publish } from './measure/report.ts';

/*
 * npm run bench -- NAME [NAME…] [--quick]
 *
 * Each bench says in its own header what it measures and how. Nothing is loaded before it is asked for: one bench's
 * missing prerequisite does not stop another.
 */

const benches: Record<string, () => Promise<Bench>> = {
  answer: async () => (await import('./answer/answer.ts')).answer,
  dispatch: async () => (await import('./dispatch/dispatch.ts')).dispatch,
  size: async () => (await import('./size.ts')).size,
  startup: async () => (await import('./startup.ts')).startup,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));

if (positionals.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no bench ${unknown.join(', ')}.`);
  console.log('npm run bench -- NAME [NAME…] [--quick]\n');
  for (const [name, load] of Object.entries(benches)) console.log(`  ${name.padEnd(10)} ${(await load()).summary}`);
  process.exitCode = unknown.length > 0 ? 1 : 0;
} else {
  for (const name of positionals) {
    const bench = await benches[name]?.();
    if (!bench) continue;
    console.log(`\n${name}: ${bench.summary}`);
    await publish(name, describeMachine(), await bench.run({ quick: values.quick ?? false }));
  }
}
