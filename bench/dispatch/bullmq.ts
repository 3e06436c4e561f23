import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Contender } from '../measure/interleave.ts';
import type { RedisServer } from './redis-server.ts';

const queueName = 'calls';

/**
 * A worker that finishes a job gets the next one, with a thousand waiting: from the end of one job to the start of the
 * next, in milliseconds. It is what an agent who becomes free is to a queue of calls, without skills, priorities and sockets.
 */
export function bullmqNextJob(options: { redis: RedisServer; jobs: number; waiting: number }): Contender {
  const { redis, jobs, waiting } = options;
  return {
    name: 'bullmq-next',
    measure: () =>
      withQueue(redis, async (queue, connection) => {
        await addJobs(queue, jobs + waiting);
        const samples: number[] = [];
        let finishedAt = Number.NaN;
        await new Promise<void>((resolve) => {
          const worker = new Worker(
            queueName,
            async () => {
              if (!Number.isNaN(finishedAt)) samples.push(performance.now() - finishedAt);
              if (samples.length === jobs) void worker.close(true).then(() => resolve());
              finishedAt = performance.now();
            },
            { connection, concurrency: 1 },
          );
        });
        return samples.slice(0, jobs);
      }),
  };
}

/** Jobs taken and finished per second by as many at once as there are agents. */
export function bullmqJobsPerSecond(options: { redis: RedisServer; jobs: number; agents: number }): Contender {
  const { redis, jobs, agents } = options;
  return {
    name: 'bullmq-rate',
    measure: () =>
      withQueue(redis, async (queue, connection) => {
        await addJobs(queue, jobs);
        let done = 0;
        const startedAt = performance.now();
        const seconds = await new Promise<number>((resolve) => {
          const worker = new Worker(
            queueName,
            async () => {
              done += 1;
              if (done === jobs) {
                const elapsed = (performance.now() - startedAt) / 1_000;
                void worker.close(true).then(() => resolve(elapsed));
              }
            },
            { connection, concurrency: agents },
          );
        });
        return [jobs / seconds];
      }),
  };
}

async function withQueue<Value>(
  redis: RedisServer,
  work: (queue: Queue, connection: Redis) => Promise<Value>,
): Promise<Value> {
  const connection = new Redis(redis.port, '127.0.0.1', { maxRetriesPerRequest: null });
  const queue = new Queue(queueName, { connection });
  try {
    return await work(queue, connection);
  } finally {
    await queue.obliterate({ force: true });
    await queue.close();
    connection.disconnect();
  }
}

async function addJobs(queue: Queue, count: number): Promise<void> {
  const options = { removeOnComplete: true };
  for (let added = 0; added < count; added += 1_000) {
    const batch = Math.min(1_000, count - added);
    await queue.addBulk(
      Array.from({ length: batch }, (_, index) => ({ name: 'call', data: { index }, opts: options })),
    );
  }
}
