import { AssistError, type MediaKind, type MediaSource, type ProducerId, type RtpParameters } from '@bangban/protocol';
import type { types } from 'mediasoup';
import { askWorker, unknownInRoom } from './media-errors.ts';

/** A track that a peer sends. */
export type SourceProducer = types.Producer<{ source: MediaSource }>;

export type ProduceRequest = { kind: MediaKind; source: MediaSource; rtpParameters: RtpParameters; paused: boolean };

const kindOf: Record<MediaSource, MediaKind> = { microphone: 'audio', camera: 'video', screen: 'video' };

/** What one peer sends: at most one producer per source. Closed by its transport. */
export class PeerProducers {
  readonly #transport: types.WebRtcTransport;
  readonly #bySource = new Map<MediaSource, SourceProducer>();
  /** Sources whose producer is being made: a second request meanwhile is one too many as well. */
  readonly #opening = new Set<MediaSource>();

  constructor(transport: types.WebRtcTransport) {
    this.#transport = transport;
  }

  all(): SourceProducer[] {
    return [...this.#bySource.values()];
  }

  /** @throws AssistError `media-rejected` (wrong parameters, source taken, kind does not fit), `media-stale` */
  async open({ kind, source, rtpParameters, paused }: ProduceRequest): Promise<SourceProducer> {
    if (kind !== kindOf[source]) throw new AssistError('media-rejected', `a ${source} is not ${kind}`);
    if (this.#opening.has(source) || this.#bySource.has(source)) {
      throw new AssistError('media-rejected', `the peer already has a producer for its ${source}`);
    }
    this.#opening.add(source);
    try {
      const producer = await askWorker('open a producer', () =>
        this.#transport.produce({
          kind,
          paused,
          // The protocol bounds size and shape; mediasoup judges the meaning.
          rtpParameters: rtpParameters as types.RtpParameters,
          appData: { source },
        }),
      );
      this.#bySource.set(source, producer);
      producer.observer.once('close', () => this.#bySource.delete(source));
      return producer;
    } finally {
      this.#opening.delete(source);
    }
  }

  /** @throws AssistError `not-found`, `media-stale` */
  async setPaused(id: ProducerId, paused: boolean): Promise<void> {
    const producer = this.#get(id);
    await askWorker('mute or unmute', () => (paused ? producer.pause() : producer.resume()));
  }

  /** Idempotent, as far as a peer can tell. */
  close(id: ProducerId): void {
    this.all()
      .find((producer) => producer.id === id)
      ?.close();
  }

  #get(id: ProducerId): SourceProducer {
    const producer = this.all().find((candidate) => candidate.id === id);
    if (!producer) throw unknownInRoom('producer');
    return producer;
  }
}
