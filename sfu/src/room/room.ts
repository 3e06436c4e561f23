import {
  AssistError,
  type CallId,
  type JoinedRoom,
  type PeerEvent,
  type PeerId,
  type RoomFlow,
  type RoomState,
  type RtpCapabilities,
} from '@bangban/protocol';
import type { Log } from '../adapters/pino-log.ts';
import type { MediaRouter } from '../workers/media-worker.ts';
import { unknownInRoom } from './media-errors.ts';
import { Peer, toPeerEvent } from './peer.ts';
import type { ProduceRequest, SourceProducer } from './peer-producers.ts';

/** Kiosk, agent, and as many again who listen in. */
const maxPeers = 6;

export type RoomOptions = {
  callId: CallId;
  epoch: number;
  flow: RoomFlow;
  media: MediaRouter;
  notify(callId: CallId, peerId: PeerId, event: PeerEvent): void;
  /** The worker died under the room, which is closed by then. */
  onWorkerDied(room: Room): void;
  log: Log;
};

/** The media of one call in one incarnation (epoch). Owns its router and its peers. */
export class Room {
  readonly callId: CallId;
  readonly epoch: number;
  readonly #options: RoomOptions;
  readonly #peers = new Map<PeerId, Peer>();
  /** The newest join of each peer: an older one that is still under way has lost. */
  readonly #joins = new Map<PeerId, symbol>();
  readonly #log: Log;
  #flow: RoomFlow;
  #closed = false;

  constructor(options: RoomOptions) {
    this.callId = options.callId;
    this.epoch = options.epoch;
    this.#options = options;
    this.#flow = options.flow;
    this.#log = options.log.child({ callId: options.callId, epoch: options.epoch });
    options.media.router.on('workerclose', () => {
      if (this.#closed) return;
      this.#closed = true;
      options.onWorkerDied(this);
    });
    this.#log.info({ flow: options.flow }, 'room opened');
  }

  get closed(): boolean {
    return this.#closed;
  }

  get flow(): RoomFlow {
    return this.#flow;
  }

  state(): RoomState {
    return { callId: this.callId, epoch: this.epoch, flow: this.#flow };
  }

  /** @throws AssistError `not-found` when the peer has not joined */
  peer(peerId: PeerId): Peer {
    const peer = this.#peers.get(peerId);
    if (!peer) throw unknownInRoom('place in the room');
    return peer;
  }

  /**
   * Enters, or enters anew: an earlier membership is closed first.
   *
   * @throws AssistError `media-rejected`, `media-stale`
   */
  async join(peerId: PeerId, rtpCapabilities: RtpCapabilities): Promise<JoinedRoom> {
    this.leave(peerId);
    if (this.#peers.size >= maxPeers) throw new AssistError('media-rejected', 'the room is full');
    const join = Symbol(peerId);
    this.#joins.set(peerId, join);
    const log = this.#log.child({ peerId });
    const peer = await Peer.create({
      id: peerId,
      media: this.#options.media,
      rtpCapabilities,
      log,
      onNews: (news) => {
        const event = toPeerEvent(news, { callId: this.callId, epoch: this.epoch });
        this.#options.notify(this.callId, peerId, event);
      },
    });
    if (this.#closed || this.#joins.get(peerId) !== join) {
      peer.close();
      throw new AssistError('media-stale', 'left or joined again while joining');
    }
    this.#peers.set(peerId, peer);
    log.info('peer joined');
    await peer.consumers.setOpen(this.#flow === 'open');
    // A producer that ends while the peer joins is none of its business.
    await Promise.allSettled(this.#producersOfOthers(peer).map((producer) => peer.consumers.add(producer)));
    const joined = await peer.introduce();
    if (peer.closed || this.#closed) throw new AssistError('media-stale', 'left while joining');
    return joined;
  }

  /** Idempotent. */
  leave(peerId: PeerId): void {
    this.#joins.delete(peerId);
    const peer = this.#peers.get(peerId);
    this.#peers.delete(peerId);
    peer?.close();
  }

  /** Opens a producer; the other peers get a consumer for it at once. @throws AssistError as {@link Peer} does */
  async produce(peerId: PeerId, transportId: string, request: ProduceRequest): Promise<SourceProducer> {
    const peer = this.peer(peerId);
    if (transportId !== peer.transports.send.id) throw unknownInRoom('transport to send');
    const producer = await peer.producers.open(request);
    for (const other of this.#peers.values()) {
      if (other === peer) continue;
      other.consumers.add(producer).catch((error: unknown) => {
        this.#log.warn({ err: error, peerId: other.id, source: request.source }, 'no consumer for a new track');
      });
    }
    return producer;
  }

  /** @throws AssistError `media-stale` */
  async setFlow(flow: RoomFlow): Promise<void> {
    if (flow !== this.#flow) this.#log.info({ flow }, 'room flow');
    this.#flow = flow;
    await Promise.all([...this.#peers.values()].map((peer) => peer.consumers.setOpen(flow === 'open')));
  }

  /** Closes every peer and the router. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peerId of [...this.#peers.keys()]) this.leave(peerId);
    this.#options.media.router.close();
    this.#log.info('room closed');
  }

  #producersOfOthers(peer: Peer): SourceProducer[] {
    return [...this.#peers.values()].flatMap((other) => (other === peer ? [] : other.producers.all()));
  }
}
