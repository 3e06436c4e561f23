import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';
import type { Log } from '../adapters/pino-log.ts';
import type { Timers } from '../adapters/system-clock.ts';
import { CannotStart } from '../cannot-start.ts';
import { mediaCodecs } from '../room/codecs.ts';
import type { PoolWorker } from './worker-pool.ts';

export type MediaWorkerOptions = {
  index: number;
  listenAddress: string;
  announcedAddress: string | undefined;
  /** UDP and TCP; 0 takes any free ones. */
  port: number;
  /** Undefined leaves the choice to mediasoup. */
  workerBin: string | undefined;
  timers: Timers;
  log: Log;
  /** The process ended without having been asked to. Called once. */
  onDied(): void;
};

/**
 * How often and how long to wait for a taken port. Workers end when they miss their parent, which takes them up to 1.2 s
 * (measured); a media server that is started again at once must not give up before that.
 */
const portAttempts = 12;
const portPauseMs = 200;

/** A router, and the server through which its transports are reached. */
export type MediaRouter = { router: types.Router; webRtcServer: types.WebRtcServer };

/** One mediasoup worker process with one UDP and one TCP port. Owns its WebRtcServer; routers belong to rooms. */
export class MediaWorker implements PoolWorker<MediaRouter> {
  readonly index: number;
  readonly #worker: types.Worker;
  readonly #webRtcServer: types.WebRtcServer;
  #load = 0;
  #closing = false;

  /** @throws CannotStart when the program cannot be started or the port is taken */
  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await startProcess(options);
    try {
      return new MediaWorker(options, worker, await listen(worker, options));
    } catch (error) {
      worker.close();
      throw explainPort(error, options);
    }
  }

  private constructor({ index, onDied }: MediaWorkerOptions, worker: types.Worker, webRtcServer: types.WebRtcServer) {
    this.index = index;
    this.#worker = worker;
    this.#webRtcServer = webRtcServer;
    // Not only `died`: mediasoup also closes workers by itself when the process is sent SIGINT or SIGTERM.
    worker.observer.once('close', () => {
      if (!this.#closing) onDied();
    });
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get closed(): boolean {
    return this.#worker.closed;
  }

  get load(): number {
    return this.#load;
  }

  async createRouter(): Promise<MediaRouter> {
    // Counted at once, so that rooms which open together spread over the workers.
    this.#load += 1;
    try {
      const router = await this.#worker.createRouter({ mediaCodecs });
      router.observer.once('close', () => {
        this.#load -= 1;
      });
      return { router, webRtcServer: this.#webRtcServer };
    } catch (error) {
      this.#load -= 1;
      throw error;
    }
  }

  /** Resolves when the process is gone. Idempotent. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#worker.subprocessClosed) return;
    const gone = new Promise<void>((resolve) => this.#worker.once('subprocessclose', resolve));
    this.#worker.close();
    await gone;
  }
}

async function startProcess({ workerBin, index, log }: MediaWorkerOptions): Promise<types.Worker> {
  try {
    return await mediasoup.createWorker({ logLevel: 'warn', ...(workerBin === undefined ? {} : { workerBin }) });
  } catch (error) {
    log.error({ err: error, worker: index }, 'media worker could not be started');
    const path = workerBin ?? mediasoup.workerBin;
    throw new CannotStart(
      {
        en: `The media worker program ${path} does not start. Run "npm run doctor": it says why and how to get one.`,
        'zh-CN': `媒体工作进程 ${path} 无法启动。请运行“npm run doctor”查看原因和解决办法。`,
      },
      { cause: error },
    );
  }
}

/** Opens the ports. A worker of a media server that has just been killed may hold them for a moment longer. */
async function listen(worker: types.Worker, options: MediaWorkerOptions): Promise<types.WebRtcServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await worker.createWebRtcServer({ listenInfos: listenInfos(options) });
    } catch (error) {
      if (attempt === portAttempts || !isTaken(error)) throw error;
      await new Promise<void>((resolve) => options.timers.after(portPauseMs, resolve));
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && /address already in use/i.test(error.message);
}

function listenInfos({ listenAddress, announcedAddress, port }: MediaWorkerOptions): types.TransportListenInfo[] {
  const info = {
    ip: listenAddress,
    ...(announcedAddress === undefined ? {} : { announcedAddress }),
    ...(port === 0 ? {} : { port }),
  };
  return [
    { protocol: 'udp', ...info },
    { protocol: 'tcp', ...info },
  ];
}

/** Only a fixed port can be taken; anything else is the program's own trouble. */
function explainPort(error: unknown, { listenAddress, port }: MediaWorkerOptions): unknown {
  const message = error instanceof Error ? error.message : '';
  if (isTaken(error)) {
    return new CannotStart(
      {
        en: `Media port ${port} (UDP or TCP) on ${listenAddress} is taken by another program. End that program (see it with: ss -lntup), or set MEDIA_PORT to another first port.`,
        'zh-CN': `${listenAddress} 的媒体端口 ${port}（UDP 或 TCP）已被其他程序占用。请结束该程序（可用 ss -lntup 查看），或将 MEDIA_PORT 改为其他起始端口。`,
      },
      { cause: error },
    );
  }
  if (/cannot assign requested address|address not available/i.test(message)) {
    return new CannotStart(
      {
        en: `This machine has no address ${listenAddress}. Set MEDIA_LISTEN_ADDRESS to one it has.`,
        'zh-CN': `本机没有地址 ${listenAddress}。请将 MEDIA_LISTEN_ADDRESS 改为本机已有的地址。`,
      },
      { cause: error },
    );
  }
  return error;
}
