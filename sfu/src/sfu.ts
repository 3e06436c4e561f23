import { randomUUID } from 'node:crypto';
import { SfuId } from '@bangban/protocol';
import type { Log } from './adapters/pino-log.ts';
import type { Clock, Timers } from './adapters/system-clock.ts';
import type { SfuConfig } from './config.ts';
import { openLink } from './link/link.ts';
import { readLinkToken } from './link/link-token.ts';
import { createSfuHandlers } from './link/sfu-handlers.ts';
import { browserRtpCapabilities } from './room/codecs.ts';
import { Rooms, type RoomsOutlet } from './room/rooms.ts';
import { type MediaRouter, MediaWorker } from './workers/media-worker.ts';
import { WorkerPool, type WorkerPoolState } from './workers/worker-pool.ts';

export type SfuParts = { config: SfuConfig; clock: Clock; timers: Timers; log: Log };

export type SfuState = WorkerPoolState & { sfuId: SfuId; linked: boolean; rooms: number };

/** The media server: workers, the rooms on them, and the link to signalling. */
export type Sfu = {
  readonly sfuId: SfuId;
  state(): SfuState;
  /** Runs after every registration with signalling. */
  onRegistered(listener: () => void): void;
  /** Ends the link, every room and every worker. Idempotent. */
  close(): Promise<void>;
};

/**
 * Composes the media server. Resolves when its workers run; the link comes up by itself.
 *
 * @throws CannotStart when a worker cannot be started or a media port is taken
 */
export async function createSfu({ config, clock, timers, log }: SfuParts): Promise<Sfu> {
  // A restarted media server is another one: its rooms are gone.
  const sfuId = SfuId.parse(`sfu-${randomUUID()}`);
  const pool = await WorkerPool.create<MediaRouter>({
    count: config.workers,
    createWorker: (index, onDied) =>
      MediaWorker.create({
        index,
        listenAddress: config.listenAddress,
        announcedAddress: config.announcedAddress,
        port: config.mediaPort === 0 ? 0 : config.mediaPort + index,
        workerBin: config.workerBin,
        timers,
        log,
        onDied,
      }),
    clock,
    timers,
    log,
  });

  const outlet: RoomsOutlet = {
    peerNotified: (told) => link.emit('peer:notified', told),
    roomRebuilt: (room) => link.emit('room:rebuilt', room),
    roomLost: (room) => link.emit('room:lost', room),
  };
  const rooms = new Rooms({ pool, outlet, clock, log });
  const link = openLink({
    signallingUrl: config.signallingUrl,
    linkToken: () => readLinkToken(config.linkToken),
    sfuId,
    routerRtpCapabilities: browserRtpCapabilities(),
    handlers: createSfuHandlers(rooms),
    rooms: () => rooms.list(),
    closeRoom: (callId) => rooms.close(callId),
    clock,
    timers,
    log,
  });

  return {
    sfuId,
    state: () => ({ ...pool.state(), sfuId, linked: link.registered, rooms: rooms.list().length }),
    onRegistered: link.onRegistered,
    async close() {
      link.close();
      rooms.closeAll();
      await pool.close();
    },
  };
}
