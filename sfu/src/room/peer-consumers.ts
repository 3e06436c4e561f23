import type { ConsumerId, ConsumerOptions, ProducerId, RtpCapabilities } from '@bangban/protocol';
import { AssistError } from '@bangban/protocol';
import type { types } from 'mediasoup';
import type { Log } from '../adapters/pino-log.ts';
import { chooseLayerInTime } from './first-packet.ts';
import { askWorker, unknownInRoom } from './media-errors.ts';
import type { SourceProducer } from './peer-producers.ts';

/** How many tracks one peer may receive. A call has two to six; more is a mistake or an attack. */
const maxConsumers = 16;

/** What a peer learns about its consumers after it has joined. */
export type ConsumerNews =
  | { type: 'added'; consumer: ConsumerOptions }
  | { type: 'removed' | 'paused' | 'resumed'; consumerId: ConsumerId };

type Entry = { consumer: types.Consumer; producer: SourceProducer; isReady: boolean };

export type PeerConsumersOptions = {
  router: types.Router;
  transport: types.WebRtcTransport;
  rtpCapabilities: RtpCapabilities;
  onNews(news: ConsumerNews): void;
  log: Log;
};

/**
 * What one peer receives. A consumer flows while the room is open and the peer's browser has said that it can receive
 * it: before that, packets would reach a browser that does not know them. Closed by its transport or its producer.
 */
export class PeerConsumers {
  readonly #options: PeerConsumersOptions;
  readonly #byId = new Map<string, Entry>();
  readonly #opening = new Map<string, Promise<void>>();
  #isOpen = false;
  #isTold = false;

  constructor(options: PeerConsumersOptions) {
    this.#options = options;
  }

  /**
   * Makes a paused consumer for a producer of another peer, once. A browser that cannot receive the codec gets none.
   *
   * @throws AssistError `media-stale` when worker or transport are gone
   */
  add(producer: SourceProducer): Promise<void> {
    const known = this.#opening.get(producer.id);
    if (known) return known;
    const opening = this.#open(producer);
    this.#opening.set(producer.id, opening);
    producer.observer.once('close', () => this.#opening.delete(producer.id));
    return opening;
  }

  /**
   * All consumers, once those that are being made are there. From the moment of the answer on, the peer is told of
   * changes.
   */
  async introduce(): Promise<ConsumerOptions[]> {
    // Others may start producing while this peer joins: those are in the answer too.
    for (let count = -1; count !== this.#opening.size; ) {
      count = this.#opening.size;
      await Promise.allSettled(this.#opening.values());
    }
    this.#isTold = true;
    return [...this.#byId.values()].map(describe);
  }

  /** Opens or shuts everything. @throws AssistError `media-stale` */
  async setOpen(isOpen: boolean): Promise<void> {
    this.#isOpen = isOpen;
    const ready = [...this.#byId.values()].filter((entry) => entry.isReady);
    await Promise.all(ready.map((entry) => this.#apply(entry)));
  }

  /** The browser can receive these. Unknown ones have been closed meanwhile. @throws AssistError `media-stale` */
  async confirm(ids: readonly ConsumerId[]): Promise<void> {
    const entries = ids.flatMap((id) => this.#byId.get(id) ?? []);
    for (const entry of entries) entry.isReady = true;
    if (this.#isOpen) await Promise.all(entries.map((entry) => this.#apply(entry)));
  }

  /** @throws AssistError `not-found`, `media-stale` */
  async preferLayers(id: ConsumerId, spatialLayer: number): Promise<void> {
    const entry = this.#byId.get(id);
    if (!entry) throw unknownInRoom('consumer');
    await askWorker('choose a layer', () => entry.consumer.setPreferredLayers({ spatialLayer }));
  }

  async #open(producer: SourceProducer): Promise<void> {
    const { router, transport, log } = this.#options;
    if (this.#opening.size >= maxConsumers) throw new AssistError('media-rejected', 'the peer receives too much');
    // The protocol leaves fields out where mediasoup writes `undefined`; they were validated when the peer joined.
    const rtpCapabilities = this.#options.rtpCapabilities as types.RtpCapabilities;
    if (!router.canConsume({ producerId: producer.id, rtpCapabilities })) {
      log.warn({ source: producer.appData.source }, 'the browser cannot receive this codec');
      return;
    }
    const consumer = await askWorker('open a consumer', () =>
      transport.consume({ producerId: producer.id, rtpCapabilities, paused: true }),
    );
    if (consumer.closed || producer.closed) return consumer.close();
    const entry: Entry = { consumer, producer, isReady: false };
    this.#byId.set(consumer.id, entry);
    consumer.observer.once('close', () => this.#byId.delete(consumer.id));
    this.#follow(entry);
    if (this.#isTold) this.#options.onNews({ type: 'added', consumer: describe(entry) });
  }

  #follow(entry: Entry): void {
    const { consumer } = entry;
    const tell = (type: 'removed' | 'paused' | 'resumed') => {
      // mediasoup made the id; the brand is ours.
      if (this.#isTold) this.#options.onNews({ type, consumerId: consumer.id as ConsumerId });
    };
    consumer.on('producerclose', () => tell('removed'));
    consumer.on('producerpause', () => tell('paused'));
    consumer.on('producerresume', () => {
      tell('resumed');
      if (!consumer.paused) this.#chooseLayer(entry);
    });
  }

  async #apply(entry: Entry): Promise<void> {
    const { consumer } = entry;
    if (consumer.closed) return;
    // Resuming a video consumer makes the worker ask its producer for a key frame.
    await askWorker('let a track flow', () => (this.#isOpen ? consumer.resume() : consumer.pause()));
    if (this.#isOpen) this.#chooseLayer(entry);
  }

  #chooseLayer({ consumer, producer }: Entry): void {
    chooseLayerInTime(consumer, producer).catch((error: unknown) => {
      if (!consumer.closed) this.#options.log.warn({ err: error }, 'a layer could not be chosen in time');
    });
  }
}

function describe({ consumer, producer }: Entry): ConsumerOptions {
  return {
    // mediasoup made the ids; the brands are ours.
    id: consumer.id as ConsumerId,
    producerId: producer.id as ProducerId,
    kind: consumer.kind,
    source: producer.appData.source,
    // mediasoup's own parameters, within the bounds of the protocol.
    rtpParameters: consumer.rtpParameters as ConsumerOptions['rtpParameters'],
    producerPaused: consumer.producerPaused,
  };
}
