import type { Bench } from '../bench.ts';
import { interleave } from '../measure/interleave.ts';
import { versionOf } from '../measure/machine.ts';
import { bullmqJobsPerSecond, bullmqNextJob } from './bullmq.ts';
import { callsPerSecond, nextOffer } from './next-offer.ts';
import { startRedis } from './redis-server.ts';
import { nextOfferThroughSockets } from './through-sockets.ts';

/*
 * From an agent who becomes free until the next call is offered, with 1,000 calls waiting; and calls dispatched per second.
 *
 *   durable   the desk over its embedded store (SQLite, WAL, synchronous=FULL): every decision is on the disk before it counts
 *   memory    the same desk over a store that keeps nothing: what the decisions alone cost, with skills and priorities
 *   sockets   the real program, a thousand connected kiosks and a console's connection, in a process and on a core of their own
 *   BullMQ    its Worker in this process, Redis beside it on the other core with AOF every second: a job that is finished
 *             until the next one starts. It has no skills, priorities, positions or offers, and may lose its last second
 *
 * Everything in turn in one run, round after round. Calls are of twelve service items with four skills and two priorities;
 * rooms are opened by a media server that answers at once.
 */
export const dispatch: Bench = {
  name: 'dispatch',
  summary: 'agent free → next call offered with 1,000 waiting, and calls per second, beside BullMQ',
  async run({ quick }) {
    const rounds = quick ? 1 : 5;
    const offers = quick ? 100 : 400;
    const waiting = 1_000;
    const agents = 50;
    const calls = quick ? 1_000 : 4_000;
    await using redis = await startRedis({ core: 1 });
    const samples = await interleave(
      [
        nextOffer({ kind: 'durable', offers, waiting }),
        nextOffer({ kind: 'memory', offers, waiting }),
        // As many as one console may send in a burst before its requests are limited (protocol/src/limits.ts).
        nextOfferThroughSockets({ offers: 38, waiting }),
        bullmqNextJob({ redis, jobs: offers, waiting }),
        callsPerSecond({ kind: 'durable', calls, agents }),
        callsPerSecond({ kind: 'memory', calls, agents }),
        bullmqJobsPerSecond({ redis, jobs: calls * 4, agents }),
      ],
      rounds,
    );
    const of = (name: string) => samples.get(name) ?? [];
    return {
      figures: [
        {
          what: 'next offer, durable desk',
          unit: 'ms',
          repeats: of('next-durable'),
          goal: { words: 'p50 ≤ 2', isMet: (median) => median <= 2 },
        },
        { what: 'next offer, desk alone', unit: 'ms', repeats: of('next-memory') },
        { what: 'next offer, through the program and sockets', unit: 'ms', repeats: of('next-sockets') },
        { what: 'next job, BullMQ', unit: 'ms', repeats: of('bullmq-next') },
        {
          what: 'dispatched, durable desk',
          unit: 'calls/s',
          repeats: of('rate-durable'),
          goal: { words: '≥ 1,000', isMet: (median) => median >= 1_000 },
        },
        {
          what: 'dispatched, desk alone',
          unit: 'calls/s',
          repeats: of('rate-memory'),
          goal: { words: '≥ 10,000', isMet: (median) => median >= 10_000 },
        },
        { what: 'finished, BullMQ', unit: 'jobs/s', repeats: of('bullmq-rate') },
      ],
      notes: [versionOf('redis-server', ['--version']), `${waiting} waiting, ${agents} agents`],
    };
  },
};
