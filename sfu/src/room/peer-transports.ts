import type { DtlsParameters, IceParameters, TransportId, TransportOptions } from '@bangban/protocol';
import type { types } from 'mediasoup';
import type { MediaRouter } from '../workers/media-worker.ts';
import { askWorker, unknownInRoom } from './media-errors.ts';

/**
 * Where the estimate of a path to a browser starts, in bit/s: enough for the middle camera layer and sound at once, so
 * that the first picture is not the smallest; congestion control corrects it within a second either way.
 */
const initialOutgoingBitrate = 1_000_000;
/** All layers of a camera (2.2 Mbit/s), a screen (2.5 Mbit/s) and sound, with some air. What exceeds it is throttled. */
const maxIncomingBitrate = 6_000_000;
/**
 * Seconds without a sign of life after which the path counts as gone. Browsers prove theirs every 2.5 s and notice a
 * loss after about 6 s by themselves; this only stops sending to nobody.
 */
const iceConsentTimeoutSeconds = 20;

/** The two transports of one peer: one to send, one to receive. Closing is idempotent and closes what flows over them. */
export class PeerTransports {
  readonly send: types.WebRtcTransport;
  readonly receive: types.WebRtcTransport;

  /** @throws AssistError `media-stale` when the worker dies meanwhile */
  static async create(media: MediaRouter): Promise<PeerTransports> {
    const create = () =>
      askWorker('create a transport', () =>
        media.router.createWebRtcTransport({
          webRtcServer: media.webRtcServer,
          enableUdp: true,
          enableTcp: true,
          preferUdp: true,
          iceConsentTimeout: iceConsentTimeoutSeconds,
          initialAvailableOutgoingBitrate: initialOutgoingBitrate,
        }),
      );
    const [send, receive] = await Promise.allSettled([create(), create()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      const transports = new PeerTransports(send.value, receive.value);
      await askWorker('limit a transport', () => send.value.setMaxIncomingBitrate(maxIncomingBitrate));
      return transports;
    }
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value.close();
    throw send.status === 'rejected' ? send.reason : (receive as PromiseRejectedResult).reason;
  }

  private constructor(send: types.WebRtcTransport, receive: types.WebRtcTransport) {
    this.send = send;
    this.receive = receive;
  }

  options(): { send: TransportOptions; receive: TransportOptions } {
    return { send: optionsOf(this.send), receive: optionsOf(this.receive) };
  }

  /** @throws AssistError `not-found`, `media-rejected`, `media-stale` */
  async connect(id: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.#get(id);
    // The protocol leaves fields out where mediasoup writes `undefined`; mediasoup judges the values.
    const parameters = { dtlsParameters: dtlsParameters as types.DtlsParameters };
    await askWorker('connect a transport', () => transport.connect(parameters));
  }

  /** @throws AssistError `not-found`, `media-stale` */
  async restartIce(id: TransportId): Promise<IceParameters> {
    const transport = this.#get(id);
    return askWorker('restart ICE', () => transport.restartIce());
  }

  close(): void {
    this.send.close();
    this.receive.close();
  }

  #get(id: TransportId): types.WebRtcTransport {
    const transport = [this.send, this.receive].find((candidate) => candidate.id === id);
    if (!transport || transport.closed) throw unknownInRoom('transport');
    return transport;
  }
}

function optionsOf({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport): TransportOptions {
  // mediasoup made the id; this is where it gets its brand.
  return { id: id as TransportId, iceParameters, iceCandidates, dtlsParameters };
}
