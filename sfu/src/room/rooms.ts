import { AssistError, type CallId, type PeerEvent, type PeerId, type RoomState } from '@bangban/protocol';
import type { Log } from '../adapters/pino-log.ts';
import type { Clock } from '../adapters/system-clock.ts';
import type { MediaRouter } from '../workers/media-worker.ts';
import { type DeathRecord, isTooMany, recordDeath } from '../workers/worker-health.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { Room } from './room.ts';

/** What the rooms tell whoever is linked. */
export type RoomsOutlet = {
  peerNotified(told: { callId: CallId; peerId: PeerId; event: PeerEvent }): void;
  roomRebuilt(room: RoomState): void;
  roomLost(room: { callId: CallId; epoch: number }): void;
};

export type RoomsOptions = {
  pool: Pick<WorkerPool<MediaRouter>, 'createRouter' | 'requireHealthy'>;
  outlet: RoomsOutlet;
  clock: Clock;
  log: Log;
};

/**
 * The rooms of this media server. Opening, closing and rebuilding of one call's room happen one after the other; a room
 * whose worker dies comes back under the next epoch, unless it seems to be what kills workers.
 */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<CallId, Room>();
  readonly #deaths = new Map<CallId, DeathRecord>();
  readonly #work = new Map<CallId, Promise<unknown>>();
  #closed = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** Every room that is open, for signalling. */
  list(): RoomState[] {
    return [...this.#rooms.values()].filter((room) => !room.closed).map((room) => room.state());
  }

  /**
   * Opens the room, or confirms that it is open with this epoch and gives it this flow. A higher epoch replaces it.
   *
   * @throws AssistError `media-stale` for an older epoch, `media-unavailable` without a healthy worker
   */
  open(request: RoomState): Promise<RoomState> {
    return this.#inTurn(request.callId, async () => {
      const { callId, epoch, flow } = request;
      const room = this.#rooms.get(callId);
      if (room && !room.closed) {
        if (room.epoch > epoch) throw new AssistError('media-stale', `the room is in epoch ${room.epoch}`);
        if (room.epoch === epoch) {
          await room.setFlow(flow);
          return room.state();
        }
      }
      this.#options.pool.requireHealthy();
      return (await this.#replace(request)).state();
    });
  }

  /** Idempotent. */
  close(callId: CallId): Promise<void> {
    return this.#inTurn(callId, async () => {
      this.#rooms.get(callId)?.close();
      this.#rooms.delete(callId);
      this.#deaths.delete(callId);
    });
  }

  /** @throws AssistError `media-stale` when the room is in another epoch or gone */
  get(callId: CallId, epoch: number): Room {
    const room = this.#rooms.get(callId);
    if (!room || room.closed) throw new AssistError('media-stale', 'the room is not open');
    if (room.epoch !== epoch) throw new AssistError('media-stale', `the room is in epoch ${room.epoch}`);
    return room;
  }

  /** The room of a call in whichever epoch it is. */
  find(callId: CallId): Room | undefined {
    return this.#rooms.get(callId);
  }

  /** Closes every room. Idempotent. */
  closeAll(): void {
    this.#closed = true;
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  async #replace({ callId, epoch, flow }: RoomState): Promise<Room> {
    this.#rooms.get(callId)?.close();
    const media = await this.#options.pool.createRouter();
    if (this.#closed) {
      media.router.close();
      throw new AssistError('media-unavailable', 'the media server is closing');
    }
    const room = new Room({
      callId,
      epoch,
      flow,
      media,
      notify: (call, peerId, event) => this.#options.outlet.peerNotified({ callId: call, peerId, event }),
      onWorkerDied: (dead) => this.#rebuild(dead),
      log: this.#options.log,
    });
    this.#rooms.set(callId, room);
    return room;
  }

  #rebuild(dead: Room): void {
    const { callId } = dead;
    const { clock, outlet, log } = this.#options;
    const now = clock.monotonicMs();
    const deaths = recordDeath(this.#deaths.get(callId) ?? [], now);
    this.#deaths.set(callId, deaths);
    void this.#inTurn(callId, async () => {
      // Closed or replaced by signalling meanwhile: nothing is missing.
      if (this.#closed || this.#rooms.get(callId) !== dead) return;
      try {
        if (isTooMany(deaths, now)) throw new AssistError('media-unavailable', 'its workers die too often');
        const room = await this.#replace({ callId, epoch: dead.epoch + 1, flow: dead.flow });
        outlet.roomRebuilt(room.state());
      } catch (error) {
        if (this.#closed) return;
        log.error({ err: error, callId, epoch: dead.epoch }, 'a room could not be rebuilt');
        this.#rooms.delete(callId);
        outlet.roomLost({ callId, epoch: dead.epoch });
      }
    });
  }

  #inTurn<Value>(callId: CallId, work: () => Promise<Value>): Promise<Value> {
    const before = this.#work.get(callId) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#work.set(callId, settled);
    void settled.then(() => {
      if (this.#work.get(callId) === settled) this.#work.delete(callId);
    });
    return turn;
  }
}
