import type { ConsumerOptions } from '@bangban/protocol';
import type { types } from 'mediasoup-client';
import type { RemoteMedia } from './call-media.ts';
import { isRefusal } from './refusal.ts';
import type { RoomEvent, RoomRequest } from './room-signal.ts';

type Entry = { options: ConsumerOptions; consumer: types.Consumer; muted: boolean; hasArrived: boolean };

export type ReceivingOptions = {
  transport: types.Transport;
  request: RoomRequest;
  onChange(): void;
  /** A request failed for a reason that joining anew may mend. */
  onBroken(error: unknown): void;
};

/** A track that is received, as far as waiting for it goes. */
export type Incoming = { kind: 'audio' | 'video'; muted: boolean; hasArrived: boolean };

/** What one participant receives over one transport, and tells the server that it can. */
export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #entries = new Map<string, Entry>();
  /** Everything that was ever added: a track is told in the answer or by an event, sometimes by both. */
  readonly #known = new Set<string>();
  /** What the server said about consumers that are still being made. */
  readonly #mutedEarly = new Map<string, boolean>();
  readonly #removed = new Set<string>();

  constructor(options: ReceivingOptions) {
    this.#options = options;
  }

  /** Receives these. Never rejects. */
  async add(consumers: readonly ConsumerOptions[]): Promise<void> {
    const added = consumers.filter(({ id }) => !this.#known.has(id));
    for (const { id } of added) this.#known.add(id);
    const made = await Promise.all(added.map((options) => this.#consume(options)));
    const ready = made.filter((entry) => entry !== null).map(({ options }) => options.id);
    if (ready.length === 0 || this.#options.transport.closed) return;
    await this.#options.request('media:ready-consumers', { consumerIds: ready }).catch(this.#fail);
  }

  handle(event: RoomEvent): void {
    switch (event.name) {
      case 'media:consumer-added':
        void this.add([event.payload.consumer]);
        return;
      case 'media:consumer-removed':
        return this.#remove(event.payload.consumerId);
      case 'media:consumer-paused':
        return this.#setMuted(event.payload.consumerId, true);
      case 'media:consumer-resumed':
        return this.#setMuted(event.payload.consumerId, false);
    }
  }

  remote(): RemoteMedia {
    const remote: RemoteMedia = { microphone: null, camera: null, screen: null };
    for (const { options, consumer, muted } of this.#entries.values()) {
      remote[options.source] = { track: consumer.track, muted };
    }
    return remote;
  }

  /** What is received, and whether its first frame or packet has been seen. */
  incoming(): Promise<Incoming[]> {
    return Promise.all(
      [...this.#entries.values()].map(async (entry) => {
        entry.hasArrived ||= await hasArrived(entry.consumer);
        return { kind: entry.options.kind, muted: entry.muted, hasArrived: entry.hasArrived };
      }),
    );
  }

  async #consume(options: ConsumerOptions): Promise<Entry | null> {
    try {
      const consumer = await this.#options.transport.consume({
        id: options.id,
        producerId: options.producerId,
        kind: options.kind,
        // The server leaves fields out where mediasoup-client writes `undefined`.
        rtpParameters: options.rtpParameters as types.RtpParameters,
        // What is in one stream is played in step: face and voice, but not the screen.
        streamId: options.source === 'screen' ? 'screen' : 'person',
      });
      if (this.#removed.has(options.id)) {
        consumer.close();
        return null;
      }
      const muted = this.#mutedEarly.get(options.id) ?? options.producerPaused;
      const entry = { options, consumer, muted, hasArrived: false };
      this.#entries.set(options.id, entry);
      this.#options.onChange();
      return entry;
    } catch (error) {
      this.#known.delete(options.id);
      this.#fail(error);
      return null;
    }
  }

  #remove(id: string): void {
    this.#removed.add(id);
    this.#entries.get(id)?.consumer.close();
    if (this.#entries.delete(id)) this.#options.onChange();
  }

  #setMuted(id: string, muted: boolean): void {
    this.#mutedEarly.set(id, muted);
    const entry = this.#entries.get(id);
    if (!entry || entry.muted === muted) return;
    entry.muted = muted;
    this.#options.onChange();
  }

  /** A codec that this browser cannot decode costs that track, not the call. */
  readonly #fail = (error: unknown): void => {
    if (this.#options.transport.closed || isRefusal(error)) return;
    this.#options.onBroken(error);
  };
}

/** A frame that has been handed to the track; of sound, which nobody decodes before it is played, a packet. */
async function hasArrived(consumer: types.Consumer): Promise<boolean> {
  if (consumer.closed) return false;
  if ((consumer.rtpReceiver?.getSynchronizationSources().length ?? 0) > 0) return true;
  const report = await consumer.getStats().catch(() => undefined);
  if (!report) return false;
  // Values of a statistics report are untyped in the DOM library.
  const entries = [...report.values()] as { type: string; framesDecoded?: number; packetsReceived?: number }[];
  return entries.some(({ type, framesDecoded, packetsReceived }) => {
    if (type !== 'inbound-rtp') return false;
    return (consumer.kind === 'video' ? (framesDecoded ?? 0) : (packetsReceived ?? 0)) > 0;
  });
}
