import { join } from 'node:path';
import { startLauncher } from '../src/launcher.ts';
import { roleNames } from '../src/supervision.ts';
import { systemClock } from '../src/system-clock.ts';

/*
 * A launcher of fixture roles in a process of its own: `node fixture-launcher.ts DATA_DIR`. It prints JSON lines:
 * `{said}` for what a person would read and `{ready, pids}` once every role is ready.
 */
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const launcher = startLauncher({
  argsOf: (role) => [join(import.meta.dirname, 'fixture-role.ts'), role],
  env: process.env,
  dataDir: process.argv[2] ?? '',
  drainTimeoutMs: 500,
  now: systemClock.monotonicMs,
  say: (said) => print({ said }),
  onReady: (info) => print({ ready: info, pids: roleNames.map((role) => launcher.pidOf(role)) }),
  onEnd: (code) => process.exit(code),
});
process.on('SIGINT', () => launcher.stop());
