import { AssistError } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { createLog } from '../adapters/pino-log.ts';
import { type PoolWorker, WorkerPool } from './worker-pool.ts';

type FakeWorker = PoolWorker<string> & { die(): void; closes: number };

/** Workers without processes, and a clock that the test moves. */
async function startPool(count: number) {
  const started: FakeWorker[] = [];
  const timers = new Map<symbol, { at: number; run: () => void }>();
  let now = 0;
  let refusal: Error | undefined;
  let hold: Promise<void> | undefined;

  const createWorker = async (index: number, onDied: () => void) => {
    if (hold) await hold;
    if (refusal) throw refusal;
    let closed = false;
    const worker = {
      index,
      pid: 100 + started.length,
      load: 0,
      closes: 0,
      get closed() {
        return closed;
      },
      async createRouter() {
        if (closed) throw new Error('closed');
        worker.load += 1;
        return `router on ${worker.pid}`;
      },
      async close() {
        closed = true;
        worker.closes += 1;
      },
      die() {
        closed = true;
        onDied();
      },
    };
    started.push(worker);
    return worker;
  };
  const advance = async (ms: number) => {
    now += ms;
    for (const [key, timer] of [...timers]) {
      if (timer.at > now) continue;
      timers.delete(key);
      timer.run();
    }
    await settle();
  };
  const pool = await WorkerPool.create<string>({
    count,
    createWorker,
    clock: { monotonicMs: () => now },
    timers: {
      after(delayMs, run) {
        const key = Symbol();
        timers.set(key, { at: now + delayMs, run });
        return () => void timers.delete(key);
      },
    },
    log: createLog({ level: 'silent' }),
  });
  return {
    pool,
    started,
    advance,
    refuse: (error: Error | undefined) => {
      refusal = error;
    },
    holdStarts: (until: Promise<void> | undefined) => {
      hold = until;
    },
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('POOL: worker processes', () => {
  it('[POOL-1] a room goes to the worker with the fewest rooms', async () => {
    const { pool } = await startPool(2);
    const routers = await Promise.all([1, 2, 3, 4].map(() => pool.createRouter()));
    expect(routers.sort()).toEqual(['router on 100', 'router on 100', 'router on 101', 'router on 101']);
  });

  it('[POOL-2] a dead worker is replaced at once in its place', async () => {
    const { pool, started } = await startPool(2);
    started[1]?.die();
    await settle();
    expect(pool.state().workers.map(({ index, pid }) => [index, pid])).toEqual([
      [0, 100],
      [1, 102],
    ]);
  });

  it('[POOL-2] a replacement that cannot be started yet is tried again', async () => {
    const { pool, started, refuse, advance } = await startPool(1);
    refuse(new Error('port taken'));
    started[0]?.die();
    await settle();
    expect(pool.state().workers).toEqual([]);
    refuse(undefined);
    await advance(60);
    expect(pool.state().workers).toHaveLength(1);
  });

  it('[POOL-3] too many deaths make it unhealthy for a while', async () => {
    const { pool, started, advance } = await startPool(1);
    for (let death = 0; death < 3; death += 1) {
      started.at(-1)?.die();
      await advance(1_000);
    }
    expect(pool.state().health).toBe('healthy');
    expect(() => pool.requireHealthy()).not.toThrow();

    started.at(-1)?.die();
    await settle();
    expect(pool.state().health).toBe('unhealthy');
    expect(() => pool.requireHealthy()).toThrow(expect.objectContaining({ code: 'media-unavailable' }));
    // Rooms of running calls are still rebuilt.
    await expect(pool.createRouter()).resolves.toMatch(/router/);

    await advance(60_000);
    expect(pool.state().health).toBe('healthy');
  });

  it('[POOL-4] a room waits for the replacement of the only worker', async () => {
    const { pool, started } = await startPool(1);
    started[0]?.die();
    await expect(pool.createRouter()).resolves.toBe('router on 101');
  });

  it('[POOL-4] it does not wait for ever', async () => {
    const { pool, started, refuse, advance } = await startPool(1);
    refuse(new Error('no program'));
    started[0]?.die();
    const asked = pool.createRouter();
    const refused = expect(asked).rejects.toMatchObject({ code: 'media-unavailable' });
    await settle();
    await advance(3_000);
    await refused;
    await expect(asked.catch((error: unknown) => error)).resolves.toBeInstanceOf(AssistError);
  });

  it('[POOL-5] a worker that dies while a router is made on it is given up for another', async () => {
    const { pool, started } = await startPool(2);
    const [first] = started;
    if (!first) throw new Error('no worker');
    first.createRouter = async () => {
      first.die();
      throw new Error('channel closed');
    };
    await expect(pool.createRouter()).resolves.toBe('router on 101');
  });

  it('[POOL-6] when one worker cannot start, none is left', async () => {
    let made = 0;
    const closed: number[] = [];
    const starting = WorkerPool.create<string>({
      count: 3,
      async createWorker(index) {
        if (index === 1) throw new Error('port taken');
        made += 1;
        return {
          index,
          pid: index,
          closed: false,
          load: 0,
          createRouter: async () => '',
          close: async () => void closed.push(index),
        };
      },
      clock: { monotonicMs: () => 0 },
      timers: { after: () => () => {} },
      log: createLog({ level: 'silent' }),
    });
    await expect(starting).rejects.toThrow('port taken');
    expect(made).toBe(2);
    expect(closed.sort()).toEqual([0, 2]);
  });

  it('[POOL-7] a worker that is still being started when the pool closes is ended too', async () => {
    const { pool, started, holdStarts } = await startPool(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    holdStarts(promise);
    started[0]?.die();
    const waiting = expect(pool.createRouter()).rejects.toMatchObject({ code: 'media-unavailable' });
    await pool.close();
    await waiting;
    resolve();
    await settle();
    expect(started[1]?.closes).toBe(1);
    expect(pool.state().workers).toEqual([]);
  });
});
