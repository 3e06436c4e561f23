import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  bindRequests,
  createRequester,
  type EventMap,
  type InputOf,
  type LinkRequests,
  linkRequests,
  type OutputOf,
  type RequestName,
  type RoomState,
  type SfuEvents,
  type SfuId,
  type SfuRequests,
} from '@bangban/protocol';
import { Server } from 'socket.io';

type Registration = { sfuId: SfuId; rooms: RoomState[] };
type Told = {
  [Name in keyof SfuEvents]: { name: Name; payload: Parameters<EventMap<SfuEvents>[Name]>[0] };
}[keyof SfuEvents];

/** Just enough of signalling for a media server to link to: a real socket server that steers and remembers. */
export type LinkRig = AsyncDisposable & {
  readonly url: string;
  readonly linkToken: string;
  readonly port: number;
  registrations: Registration[];
  /** Rooms that the next registration is told to close. */
  closeAtNext: RoomState['callId'][];
  told: Told[];
  /** How many connections came with a wrong token. */
  refusals(): number;
  onTold(listener: (told: Told) => void): void;
  /** Asks the media server that registered last. */
  ask<Name extends RequestName<SfuRequests>>(
    name: Name,
    input: InputOf<SfuRequests, Name>,
  ): Promise<OutputOf<SfuRequests, Name>>;
  /** Drops every connection and listens no more, as if the process had died. */
  close(): Promise<void>;
};

export const rigToken = 'rig-token-that-proves-a-media-server-0123456789';

/** @param port 0 takes any */
export async function startLinkRig(port = 0): Promise<LinkRig> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 1_000_000 });
  const listeners = new Set<(told: Told) => void>();
  let ask: LinkRig['ask'] | undefined;
  let refusals = 0;

  const rig: LinkRig = {
    url: '',
    port: 0,
    linkToken: rigToken,
    registrations: [],
    closeAtNext: [],
    told: [],
    refusals: () => refusals,
    onTold: (listener) => void listeners.add(listener),
    ask: (name, input) => {
      if (!ask) throw new Error('no media server has registered');
      return ask(name, input);
    },
    async close() {
      ask = undefined;
      await io.close();
    },
    [Symbol.asyncDispose]: () => rig.close(),
  };

  const link = io.of('/link');
  link.use((socket, next) => {
    if (socket.handshake.auth.linkToken === rigToken) return next();
    refusals += 1;
    next(new Error('unauthenticated'));
  });
  link.on('connection', (socket) => {
    bindRequests<LinkRequests, undefined>({
      socket,
      table: linkRequests,
      context: undefined,
      authorize: () => {},
      now: () => performance.now(),
      onBug: (_name, error) => {
        throw error;
      },
      handlers: {
        'sfu:register': async ({ sfuId, rooms }) => {
          rig.registrations.push({ sfuId, rooms });
          ask = createRequester<SfuRequests>(socket, 5_000);
          return { close: rig.closeAtNext.splice(0) };
        },
      },
    });
    socket.onAny((name: string, payload: unknown) => {
      if (name === 'sfu:register') return;
      const told = { name, payload } as Told;
      rig.told.push(told);
      for (const listener of listeners) listener(told);
    });
  });

  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const address = http.address() as AddressInfo;
  return Object.assign(rig, { port: address.port, url: `http://127.0.0.1:${address.port}` });
}
