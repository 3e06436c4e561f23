import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@bangban/e2e/harness';
import { startProcess, whyNotListening } from '../measure/own-process.ts';

export type RedisServer = AsyncDisposable & { port: number };

/** A Redis of its own that keeps what it has acknowledged to within a second: AOF, flushed every second. */
export async function startRedis(options: { core: number }): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bangban-redis-'));
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
  };
  const server = await startProcess({
    program: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    core: options.core,
    whyNotReady: () => whyNotListening(port),
  });
  return {
    port,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
