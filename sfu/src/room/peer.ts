import { AssistError, type JoinedRoom, type PeerEvent, type PeerId, type RtpCapabilities } from '@bangban/protocol';
import { ortc, type types } from 'mediasoup';
import type { Log } from '../adapters/pino-log.ts';
import type { MediaRouter } from '../workers/media-worker.ts';
import { type ConsumerNews, PeerConsumers } from './peer-consumers.ts';
import { PeerProducers } from './peer-producers.ts';
import { PeerTransports } from './peer-transports.ts';

export type PeerOptions = {
  id: PeerId;
  media: MediaRouter;
  rtpCapabilities: RtpCapabilities;
  onNews(news: ConsumerNews): void;
  log: Log;
};

/** One participant's media in a room: owns two transports, and through them all it sends and receives. */
export class Peer {
  readonly id: PeerId;
  readonly transports: PeerTransports;
  readonly producers: PeerProducers;
  readonly consumers: PeerConsumers;
  readonly #log: Log;
  #closed = false;

  /** @throws AssistError `media-rejected` for capabilities that make no sense, `media-stale` */
  static async create(options: PeerOptions): Promise<Peer> {
    requireSensible(options.rtpCapabilities);
    return new Peer(options, await PeerTransports.create(options.media));
  }

  private constructor({ id, media, rtpCapabilities, onNews, log }: PeerOptions, transports: PeerTransports) {
    this.id = id;
    this.transports = transports;
    this.#log = log;
    this.producers = new PeerProducers(transports.send);
    this.consumers = new PeerConsumers({
      router: media.router,
      transport: transports.receive,
      rtpCapabilities,
      onNews,
      log,
    });
    for (const [direction, transport] of Object.entries({ send: transports.send, receive: transports.receive })) {
      transport.on('icestatechange', (state) => log.debug({ direction, state }, 'ICE state'));
      transport.on('dtlsstatechange', (state) => {
        log[state === 'failed' ? 'warn' : 'debug']({ direction, state }, 'DTLS state');
      });
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Everything the browser needs to be in the room. */
  async introduce(): Promise<JoinedRoom> {
    return { ...this.transports.options(), consumers: await this.consumers.introduce() };
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.transports.close();
    this.#log.info('peer left');
  }
}

/** mediasoup's own check completes what it is given, so it gets a copy. */
function requireSensible(rtpCapabilities: RtpCapabilities): void {
  try {
    ortc.validateAndNormalizeRtpCapabilities(structuredClone(rtpCapabilities) as types.RtpCapabilities);
  } catch (cause) {
    throw new AssistError('media-rejected', 'RTP capabilities make no sense', { cause });
  }
}

/** What a peer is to be told of a change among its consumers. */
export function toPeerEvent(news: ConsumerNews, inRoom: { callId: PeerEventRoom['callId']; epoch: number }): PeerEvent {
  if (news.type === 'added') {
    return { name: 'media:consumer-added', payload: { ...inRoom, consumer: news.consumer } };
  }
  return { name: `media:consumer-${news.type}`, payload: { ...inRoom, consumerId: news.consumerId } };
}
type PeerEventRoom = PeerEvent['payload'];
