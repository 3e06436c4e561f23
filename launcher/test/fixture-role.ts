import { spawn } from 'node:child_process';
import { runRole } from '../src/run-role.ts';

/*
 * A role as small as one can be, for the launcher's tests: `node fixture-role.ts ROLE`. The environment variable
 * FIXTURE_<ROLE> makes it misbehave: `cannot-start`, `crash`, or `stubborn` (does not end when asked),
 * or `parent` (has a child that does not end by itself, as a media worker for a while).
 */
const role = process.argv[2] ?? '';
const behaviour = process.env[`FIXTURE_${role.toUpperCase()}`];
const log = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

await runRole(
  async ({ ready }) => {
    if (behaviour === 'cannot-start') {
      throw Object.assign(new Error('listen'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 });
    }
    if (behaviour === 'crash') throw new TypeError('a bug');
    if (behaviour === 'parent') {
      // Long enough to be noticed by the test, and short enough not to be in anybody's way after it.
      const child = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 20_000)'], { stdio: 'ignore' });
      log({ level: 30, msg: 'started a child', child: child.pid });
    }
    const alive = setInterval(() => {}, 60_000);
    log({ level: 40, msg: `${role} serves`, pid: process.pid });
    ready(role === 'signalling' ? { url: 'http://localhost:3000', demo: { accounts: [] } } : {});
    return {
      close: async () => {
        if (behaviour === 'stubborn') return new Promise(() => {});
        clearInterval(alive);
        log({ level: 30, msg: `${role} closed` });
      },
    };
  },
  { env: process.env, drainTimeoutMs: 60_000, host: process, say: () => {} },
);
