import type { mediaRequestsFor, OutputOf } from '@bangban/protocol';
import type { Device, types } from 'mediasoup-client';
import type { LocalSource } from './encodings.ts';
import { keepPaths } from './path-keeper.ts';
import { Receiving, type ReceivingOptions } from './receiving.ts';
import type { RoomEvent, RoomRequest } from './room-signal.ts';
import { type LocalSend, Sending } from './sending.ts';

type JoinedRoom = OutputOf<ReturnType<typeof mediaRequestsFor>, 'media:join'>;
type TransportOptions = JoinedRoom['send'];

export type MembershipOptions = {
  device: Device;
  request: RoomRequest;
  isOpen: boolean;
  onChange: ReceivingOptions['onChange'];
  onTrouble(): void;
  onHealthy(): void;
  /** This membership cannot be mended; another one may work. Called once. */
  onBroken(error: unknown): void;
};

/** Being in a room: two transports, what is sent and what is received. Owns the transports; closing is idempotent. */
export class Membership {
  readonly sending: Sending;
  readonly receiving: Receiving;
  readonly #transports: readonly types.Transport[];
  #isBroken = false;

  /** Sets up everything for the answer to a join; what the room tells from now on goes to {@link Membership.handle}. */
  constructor(joined: JoinedRoom, options: MembershipOptions) {
    const { device, request, isOpen, onChange } = options;
    const onBroken = (error: unknown) => {
      if (this.#isBroken || this.closed) return;
      this.#isBroken = true;
      options.onBroken(error);
    };
    const send = device.createSendTransport(transportOptions(joined.send));
    const receive = device.createRecvTransport(transportOptions(joined.receive));
    this.#transports = [send, receive];
    for (const transport of this.#transports) connectBoldly(transport, request, onBroken);
    this.sending = new Sending(
      { transport: send, capabilities: device.sendRtpCapabilities, request, onBroken },
      isOpen,
    );
    this.receiving = new Receiving({ transport: receive, request, onChange, onBroken });
    keepPaths({
      transports: this.#transports,
      request,
      onTrouble: options.onTrouble,
      onHealthy: options.onHealthy,
      onBroken,
    });
  }

  get closed(): boolean {
    return this.#transports.some((transport) => transport.closed);
  }

  /** Sends what is there and receives what is there. Resolves when both sides know of it. Never rejects. */
  async start(joined: JoinedRoom, local: ReadonlyMap<LocalSource, LocalSend>): Promise<void> {
    const received = this.receiving.add(joined.consumers);
    for (const [source, wanted] of local) this.sending.set(source, wanted);
    await Promise.all([received, this.sending.settled()]);
  }

  handle(event: RoomEvent): void {
    if (!this.closed) this.receiving.handle(event);
  }

  close(): void {
    for (const transport of this.#transports) transport.close();
  }
}

/**
 * Answers at once and tells the server meanwhile: on one socket the server hears of the connection before anything that
 * needs it, and the handshake between browser and media server waits for nobody.
 */
function connectBoldly(transport: types.Transport, request: RoomRequest, onBroken: (error: unknown) => void): void {
  transport.on('connect', ({ dtlsParameters }, done) => {
    // mediasoup-client's parameters and the server's id, as the protocol bounds them.
    request('media:connect', { transportId: transport.id, dtlsParameters } as never).catch(onBroken);
    done();
  });
}

function transportOptions({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters,
}: TransportOptions): types.TransportOptions {
  // The server leaves fields out where mediasoup-client writes `undefined`; the values are the media server's own.
  return { id, iceParameters, iceCandidates, dtlsParameters } as types.TransportOptions;
}
