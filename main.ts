import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type LauncherConfig, readConfig } from './config.ts';
import { prepareDataFolder } from './launcher/src/data-folder.ts';
import { startLauncher } from './launcher/src/launcher.ts';
import { readyBlock } from './launcher/src/ready-block.ts';
import { closingMs, runRole, type StartRole } from './launcher/src/run-role.ts';
import { explainStartFailure } from './launcher/src/start-failure.ts';
import { type RoleName, roleNames } from './launcher/src/supervision.ts';
import { systemClock } from './launcher/src/system-clock.ts';

/*
 * The composition root.
 *
 *   main.ts                 runs every role as a process of its own and keeps it running
 *   main.ts --role=ROLE     runs one role in this process
 */

/** The packages are loaded only by the process that runs them: the launcher itself stays small and starts at once. */
const starters: Record<RoleName, () => Promise<StartRole>> = {
  signalling: async () => (await import('@bangban/signalling')).startSignalling,
  sfu: async () => (await import('@bangban/sfu')).startSfu,
};

const say = (line: string) => process.stdout.write(`${line}\n`);

function runLauncher(config: LauncherConfig): void {
  prepareDataFolder(config.dataDir);
  const launcher = startLauncher({
    argsOf: (role) => [import.meta.filename, `--role=${role}`],
    env: config.env,
    dataDir: config.dataDir,
    drainTimeoutMs: config.drainTimeoutMs + closingMs,
    now: systemClock.monotonicMs,
    say,
    onReady: ({ url = '', demo }) => {
      const startUpMs = systemClock.now() - (config.commandGivenAtMs ?? systemClock.startedAt);
      const fromHere = relative(process.cwd(), join(config.dataDir, 'logs'));
      const logFolder = fromHere.startsWith('..') ? join(config.dataDir, 'logs') : fromHere;
      say(readyBlock({ url, accounts: demo?.accounts ?? [], startUpMs, logFolder }));
    },
    onEnd: (code) => process.exit(code),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => launcher.stop());
  process.once('disconnect', () => launcher.stop());
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { role: { type: 'string' } } });
  const config = readConfig();
  if (values.role === undefined) return runLauncher(config);
  const role = roleNames.find((name) => name === values.role);
  if (!role)
    throw Object.assign(new Error(`There is no role ${values.role}; choose one of: ${roleNames.join(', ')}.`), {
      name: 'CannotStart',
    });
  // A role that died is back sooner when its modules are compiled already. Without a writable folder it goes on without.
  enableCompileCache(join(import.meta.dirname, 'node_modules', '.cache', 'compiled'));
  await runRole(await starters[role](), {
    env: config.env,
    drainTimeoutMs: config.drainTimeoutMs,
    host: process,
    say: (line) => say(`${role} ${line}`),
  });
  flushCompileCache();
}

main().catch((error: unknown) => {
  const sentence = explainStartFailure(error);
  // What is not a matter of settings is a bug: its stack is what a report needs.
  process.stderr.write(sentence ? `✗ ${sentence}\n` : `${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
