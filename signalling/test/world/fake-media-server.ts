import {
  AssistError,
  createRequester,
  type InputOf,
  type LinkRequests,
  type OutputOf,
  PROTOCOL_VERSION,
  type RequestName,
  type RoomState,
  type RtpCapabilities,
  type SfuEvents,
  SfuId,
  type SfuRequests,
  sfuRequests,
} from '@bangban/protocol';
import { io } from 'socket.io-client';
import type * as z from 'zod';

/** Capabilities that fit the schema; the fake understands no media. */
export const someCapabilities: RtpCapabilities = {
  codecs: [{ kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 }],
  headerExtensions: [],
};

/** A media server without media: it answers as one would, remembers what it was asked, and obeys the test. */
export async function connectFakeMediaServer(options: {
  url: string;
  linkToken: string;
  sfuId?: string;
  rooms?: RoomState[];
}) {
  const asked: { name: RequestName<SfuRequests>; input: Record<string, unknown> }[] = [];
  const answers = new Map<string, (input: never) => unknown>();
  const rooms = new Map<string, RoomState>((options.rooms ?? []).map((room) => [room.callId, room]));
  const socket = io(`${options.url}/link`, {
    auth: { protocol: PROTOCOL_VERSION, linkToken: options.linkToken },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });

  const transport = (id: string) => ({
    id,
    iceParameters: { usernameFragment: 'u', password: 'p' },
    iceCandidates: [],
    dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] },
  });
  answers.set('room:open', (room: RoomState) => {
    rooms.set(room.callId, room);
    return room;
  });
  answers.set('room:close', ({ callId }: { callId: string }) => {
    rooms.delete(callId);
    return null;
  });
  answers.set('room:set-flow', (room: RoomState) => {
    rooms.set(room.callId, room);
    return null;
  });
  answers.set('peer:join', () => ({ send: transport('send'), receive: transport('receive'), consumers: [] }));
  answers.set('producer:open', () => ({ producerId: 'producer-1' }));
  answers.set('transport:restart-ice', () => ({ usernameFragment: 'u2', password: 'p2' }));

  for (const name of Object.keys(sfuRequests) as RequestName<SfuRequests>[]) {
    socket.on(name as string, (input: Record<string, unknown>, reply: (answer: unknown) => void) => {
      asked.push({ name, input });
      try {
        reply({ ok: true, value: answers.get(name)?.(input as never) ?? null });
      } catch (error) {
        reply({ ok: false, error: { code: error instanceof AssistError ? error.code : 'internal' } });
      }
    });
  }
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });

  const sfuId = SfuId.parse(options.sfuId ?? 'sfu-1');
  const request = createRequester<LinkRequests>(socket, 5_000);
  const register = () =>
    request('sfu:register', { sfuId, routerRtpCapabilities: someCapabilities, rooms: [...rooms.values()] });

  return {
    sfuId,
    asked,
    rooms,
    registered: await register(),
    /** How a request is answered from now on. */
    answer<Name extends RequestName<SfuRequests>>(
      name: Name,
      handler: (input: InputOf<SfuRequests, Name>) => OutputOf<SfuRequests, Name>,
    ) {
      answers.set(name, handler as (input: never) => unknown);
    },
    emit<Name extends keyof SfuEvents>(name: Name, payload: z.input<SfuEvents[Name]>) {
      socket.emit(name as string, payload);
    },
    isConnected: () => socket.connected,
    close: () => socket.disconnect(),
  };
}
export type FakeMediaServer = Awaited<ReturnType<typeof connectFakeMediaServer>>;
