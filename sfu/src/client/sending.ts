import type { ProducerId } from '@bangban/protocol';
import type { types } from 'mediasoup-client';
import { encodeAllSizes, encodingOf, firstSizeAloneMs, hintContent, type LocalSource } from './encodings.ts';
import { isRefusal } from './refusal.ts';
import type { RoomRequest } from './room-signal.ts';

/** What a participant wants to send from one source. */
export type LocalSend = { track: MediaStreamTrack; muted: boolean };

type Slot = {
  source: LocalSource;
  wanted: LocalSend | null;
  producer: types.Producer | null;
  /** The server's id of the producer, once it has answered. */
  serverId: Promise<ProducerId> | null;
  sender: RTCRtpSender | null;
  /** What the sender was last given. */
  sent: MediaStreamTrack | null;
  /** The server's view of the mute. */
  toldMuted: boolean;
  /** The track that the server refused; another one is tried again. */
  refused: MediaStreamTrack | null;
  work: Promise<void>;
};

export type SendingOptions = {
  transport: types.Transport;
  capabilities: types.RtpCapabilities;
  request: RoomRequest;
  /** A request failed for a reason that joining anew may mend. */
  onBroken(error: unknown): void;
};

/**
 * What one participant sends over one transport. Producers are made as soon as there is a track, and stay; whether
 * anything is sent is decided by giving the sender the track or nothing. That takes no round trip and no renegotiation,
 * so that answering is instant, and sends not one packet before.
 */
export class Sending {
  readonly #options: SendingOptions;
  readonly #slots = new Map<LocalSource, Slot>();
  #isOpen: boolean;
  #produced = 0;

  constructor(options: SendingOptions, isOpen: boolean) {
    this.#options = options;
    this.#isOpen = isOpen;
    options.transport.on('produce', ({ kind, rtpParameters, appData }, done) => {
      // `#produce` puts it there.
      const { slot, paused } = appData as { slot: Slot; paused: boolean };
      // mediasoup-client's parameters, as the protocol bounds them; the server judges both.
      const input = { transportId: options.transport.id, kind, source: slot.source, rtpParameters, paused } as never;
      slot.serverId = options.request('media:produce', input).then(({ producerId }) => producerId);
      // Awaited in `#produce`; the next source need not wait for this one's round trip.
      slot.serverId.catch(() => {});
      this.#produced += 1;
      done({ id: `${slot.source}-${this.#produced}` });
    });
  }

  /** Sends this from now on, or (null) nothing any more. */
  set(source: LocalSource, wanted: LocalSend | null): void {
    const slot = this.#slot(source);
    slot.wanted = wanted;
    if (wanted) hintContent(source, wanted.track);
    this.#switch(slot);
    this.#reconcile(slot);
  }

  /** Lets everything flow, or nothing. Takes effect with the next frame. */
  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    for (const slot of this.#slots.values()) this.#switch(slot);
  }

  /** Resolves when the server knows of everything that is wanted. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.work));
  }

  #slot(source: LocalSource): Slot {
    const known = this.#slots.get(source);
    if (known) return known;
    const slot: Slot = {
      source,
      wanted: null,
      producer: null,
      serverId: null,
      sender: null,
      sent: null,
      toldMuted: false,
      refused: null,
      work: Promise.resolve(),
    };
    this.#slots.set(source, slot);
    return slot;
  }

  /** The fast path: what the sender sends right now. Replacements of one sender take effect in order. */
  #switch(slot: Slot): void {
    if (!slot.sender) return;
    const track = this.#isOpen && slot.wanted && !slot.wanted.muted ? slot.wanted.track : null;
    if (track === slot.sent) return;
    slot.sent = track;
    slot.sender.replaceTrack(track).catch((error: unknown) => {
      if (!this.#options.transport.closed) this.#options.onBroken(error);
    });
    if (track) this.#sendAllSizesSoon(slot.sender);
  }

  #sendAllSizesSoon(sender: RTCRtpSender): void {
    const timer = setTimeout(() => {
      // A sender that is stopped by then has no sizes any more; one size is better than none.
      encodeAllSizes(sender).catch(() => {});
    }, firstSizeAloneMs);
    this.#options.transport.observer.once('close', () => clearTimeout(timer));
  }

  /** The slow path: what the server knows, one step after the other. */
  #reconcile(slot: Slot): void {
    slot.work = slot.work
      .then(() => this.#step(slot))
      .catch((error: unknown) => {
        if (this.#options.transport.closed) return;
        // One source that the server will not have must not cost the others.
        if (isRefusal(error)) slot.refused = slot.wanted?.track ?? null;
        else this.#options.onBroken(error);
      });
  }

  async #step(slot: Slot): Promise<void> {
    const { wanted, producer } = slot;
    if (this.#options.transport.closed) return;
    if (!wanted) return this.#stop(slot);
    if (!producer) {
      if (wanted.track.readyState !== 'ended' && wanted.track !== slot.refused) await this.#produce(slot, wanted);
      return;
    }
    if (wanted.muted === slot.toldMuted) return;
    slot.toldMuted = wanted.muted;
    const name = wanted.muted ? 'media:pause-producer' : 'media:resume-producer';
    await this.#tell(slot, name);
  }

  async #produce(slot: Slot, { track, muted }: LocalSend): Promise<void> {
    const { transport, capabilities } = this.#options;
    slot.producer = await transport.produce({
      ...encodingOf(slot.source, capabilities),
      track,
      // The caller owns the track and shows it; it is neither stopped nor blackened here.
      stopTracks: false,
      disableTrackOnPause: false,
      onRtpSender: (sender) => {
        slot.sender = sender;
        slot.sent = track;
        this.#switch(slot);
      },
      appData: { slot, paused: muted },
    });
    slot.toldMuted = muted;
    try {
      await slot.serverId;
    } catch (error) {
      this.#forget(slot);
      throw error;
    }
  }

  async #stop(slot: Slot): Promise<void> {
    if (!slot.producer) return;
    const told = this.#tell(slot, 'media:close-producer');
    this.#forget(slot);
    await told;
  }

  #forget(slot: Slot): void {
    slot.producer?.close();
    slot.producer = null;
    slot.serverId = null;
    slot.sender = null;
    slot.sent = null;
  }

  async #tell(
    slot: Slot,
    name: 'media:pause-producer' | 'media:resume-producer' | 'media:close-producer',
  ): Promise<void> {
    const producerId = await slot.serverId;
    if (producerId) await this.#options.request(name, { producerId });
  }
}
