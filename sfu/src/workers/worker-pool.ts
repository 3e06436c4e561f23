import { AssistError } from '@bangban/protocol';
import type { Log } from '../adapters/pino-log.ts';
import type { Clock, Timers } from '../adapters/system-clock.ts';
import { type DeathRecord, isTooMany, recordDeath } from './worker-health.ts';

/** What the pool needs of a worker; {@link import('./media-worker.ts').MediaWorker} is the real one. */
export type PoolWorker<Router> = {
  readonly index: number;
  readonly pid: number;
  /** True from the moment the process is known to be dead, or closed by us. */
  readonly closed: boolean;
  /** Rooms on it, counting those that are being made. */
  readonly load: number;
  createRouter(): Promise<Router>;
  close(): Promise<void>;
};

export type WorkerPoolOptions<Router> = {
  count: number;
  /** Starts the worker of a place; `onDied` is called once if its process ends without having been asked to. */
  createWorker(index: number, onDied: () => void): Promise<PoolWorker<Router>>;
  clock: Clock;
  timers: Timers;
  log: Log;
};

export type WorkerPoolState = {
  health: 'healthy' | 'unhealthy';
  workers: readonly { index: number; pid: number; rooms: number }[];
};

/** How long a room waits for a worker while the only ones there were are being replaced, in milliseconds. */
const workerWaitMs = 3_000;
/** Pauses before a replacement that could not be started is tried again: a port may need a moment to be free. */
const restartDelaysMs = [50, 200, 1_000] as const;

/**
 * The worker processes of this media server, one place each. A place whose worker died gets a new one at once. The pool
 * knows nothing of rooms: whoever holds a router learns of the death from the router itself.
 */
export class WorkerPool<Router> {
  readonly #options: WorkerPoolOptions<Router>;
  readonly #workers = new Map<number, PoolWorker<Router>>();
  readonly #waiting = new Set<() => void>();
  readonly #cancellations = new Set<() => void>();
  #deaths: DeathRecord = [];
  #closed = false;

  /** Starts all workers. @throws what `createWorker` throws; then none is left running */
  static async create<Router>(options: WorkerPoolOptions<Router>): Promise<WorkerPool<Router>> {
    const pool = new WorkerPool(options);
    const places = Array.from({ length: options.count }, (_, index) => index);
    const started = await Promise.allSettled(places.map((index) => pool.#start(index)));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  private constructor(options: WorkerPoolOptions<Router>) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  state(): WorkerPoolState {
    const workers = this.#alive().map(({ index, pid, load }) => ({ index, pid, rooms: load }));
    return { health: this.#isUnhealthy() ? 'unhealthy' : 'healthy', workers };
  }

  /** @throws AssistError `media-unavailable` while workers die too often to take on anything new */
  requireHealthy(): void {
    if (this.#isUnhealthy()) throw new AssistError('media-unavailable', 'media workers die too often: no new rooms');
  }

  /**
   * Makes a router on the least loaded worker. Waits for a replacement when no worker is alive, and chooses again when
   * the chosen one dies meanwhile.
   *
   * @throws AssistError `media-unavailable` when there is no worker in time
   */
  async createRouter(): Promise<Router> {
    for (;;) {
      const worker = this.#leastLoaded() ?? (await this.#awaitWorker());
      try {
        return await worker.createRouter();
      } catch (error) {
        if (!worker.closed) throw error;
      }
    }
  }

  /** Ends every worker and waits until their processes are gone. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#cancellations) cancel();
    for (const wake of [...this.#waiting]) wake();
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()));
    this.#workers.clear();
  }

  #alive(): PoolWorker<Router>[] {
    return [...this.#workers.values()].filter((worker) => !worker.closed);
  }

  #leastLoaded(): PoolWorker<Router> | undefined {
    return this.#alive().sort((left, right) => left.load - right.load)[0];
  }

  #isUnhealthy(): boolean {
    return isTooMany(this.#deaths, this.#options.clock.monotonicMs());
  }

  async #start(index: number): Promise<void> {
    const worker = await this.#options.createWorker(index, () => this.#replace(index));
    if (this.#closed) return worker.close();
    this.#workers.set(index, worker);
    this.#options.log.info({ worker: index, pid: worker.pid }, 'media worker started');
    for (const wake of [...this.#waiting]) wake();
  }

  #replace(index: number): void {
    if (this.#closed) return;
    const { clock, log } = this.#options;
    const pid = this.#workers.get(index)?.pid;
    this.#workers.delete(index);
    const now = clock.monotonicMs();
    this.#deaths = recordDeath(this.#deaths, now);
    log.error({ worker: index, pid, deaths: this.#deaths.length }, 'media worker died; it is replaced');
    if (this.#isUnhealthy()) log.error({ deaths: this.#deaths.length }, 'media workers die too often: no new rooms');
    void this.#restart(index, 0);
  }

  async #restart(index: number, attempt: number): Promise<void> {
    const { timers, log } = this.#options;
    try {
      await this.#start(index);
    } catch (error) {
      if (this.#closed) return;
      const delayMs = restartDelaysMs[attempt] ?? restartDelaysMs[2];
      log.error({ err: error, worker: index, delayMs }, 'media worker could not be replaced yet');
      const cancel = timers.after(delayMs, () => {
        this.#cancellations.delete(cancel);
        void this.#restart(index, attempt + 1);
      });
      this.#cancellations.add(cancel);
    }
  }

  #awaitWorker(): Promise<PoolWorker<Router>> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#waiting.delete(wake);
        cancel();
        settle();
      };
      const giveUp = () => end(() => reject(new AssistError('media-unavailable', 'no media worker is running')));
      const wake = () => {
        const worker = this.#closed ? undefined : this.#leastLoaded();
        if (worker) end(() => resolve(worker));
        else if (this.#closed) giveUp();
      };
      const cancel = this.#options.timers.after(workerWaitMs, giveUp);
      this.#waiting.add(wake);
      wake();
    });
  }
}
