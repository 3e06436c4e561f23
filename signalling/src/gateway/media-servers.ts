import {
  AssistError,
  type CallId,
  type LinkRequests,
  type OutputOf,
  PeerId,
  type Requester,
  type RoomState,
  type RtpCapabilities,
  type SfuId,
  type SfuRequests,
} from '@bangban/protocol';
import type { DeskCommand, DeskResult } from '../desk/commands.ts';
import type { MediaControl, Timers } from '../desk/ports.ts';
import type { Log } from '../logging/log.ts';

/** The control link to one media server. */
export type MediaServerLink = { request: Requester<SfuRequests> };

/** Reports to the desk what became of a room. */
export type ReportMedia = <Type extends MediaCommand['type']>(
  command: Extract<MediaCommand, { type: Type }>,
) => Promise<DeskResult<Type>>;
type MediaCommand = Extract<
  DeskCommand,
  { type: 'media-server-joined' | 'media-server-left' | 'room-opened' | 'room-lost' }
>;

type Registration = { sfuId: SfuId; routerRtpCapabilities: RtpCapabilities; rooms: RoomState[] };
type OpenRequest = Parameters<MediaControl['openRoom']>[0];

/** The media servers that are linked, and the rooms of calls on them. */
export type MediaServers = {
  control: MediaControl;
  /** A newer link of the same media server takes the place of the older one. */
  register(link: MediaServerLink, registration: Registration): Promise<OutputOf<LinkRequests, 'sfu:register'>>;
  /** Does nothing when a newer link has taken its place. */
  unregister(link: MediaServerLink): void;
  roomRebuilt(link: MediaServerLink, room: { callId: CallId; epoch: number }): void;
  roomLost(link: MediaServerLink, room: { callId: CallId; epoch: number }): void;
  linkOf(sfuId: SfuId): MediaServerLink | undefined;
  /** The same for every media server, because all of them have the same codecs. */
  capabilities(): RtpCapabilities | undefined;
  count(): number;
};

/** A media server that refuses a room may be out of ports or workers for a moment. */
const retryDelaysMs = [200, 1_000, 3_000];

export function createMediaServers(options: { report: ReportMedia; timers: Timers; log: Log }): MediaServers {
  const { timers, log } = options;
  type Server = { sfuId: SfuId; link: MediaServerLink; capabilities: RtpCapabilities; rooms: Set<CallId> };
  const servers = new Map<SfuId, Server>();
  /** Rooms that no media server could open yet, by call. */
  const pending = new Map<CallId, OpenRequest>();

  const serverOf = (link: MediaServerLink) => [...servers.values()].find((server) => server.link === link);
  const roomHolder = (callId: CallId) => [...servers.values()].find((server) => server.rooms.has(callId));
  const leastLoaded = () => [...servers.values()].sort((left, right) => left.rooms.size - right.rooms.size)[0];

  const report = async (command: MediaCommand) => {
    try {
      await options.report(command);
    } catch (error) {
      // The call may be closed by now; its room goes with the next registration at the latest.
      log.debug({ err: error, command: command.type }, 'the desk did not take what a media server reported');
    }
  };

  async function openRoom(request: OpenRequest, attempt = 0): Promise<void> {
    const { callId, epoch } = request;
    const server = roomHolder(callId) ?? leastLoaded();
    if (!server) {
      pending.set(callId, request);
      return;
    }
    pending.delete(callId);
    server.rooms.add(callId);
    try {
      await server.link.request('room:open', request);
      await report({ type: 'room-opened', callId, sfuId: server.sfuId, epoch });
    } catch (error) {
      server.rooms.delete(callId);
      // A server that left meanwhile has already been reported, and the desk has asked anew.
      if (!servers.has(server.sfuId)) return void pending.set(callId, request);
      log.warn({ err: error, callId, epoch, sfuId: server.sfuId, attempt }, 'a media server did not open a room');
      retry(
        attempt,
        () => openRoom(request, attempt + 1),
        () => report({ type: 'room-lost', callId, epoch }),
      );
    }
  }

  function retry(attempt: number, again: () => Promise<unknown>, giveUp: () => Promise<unknown>): void {
    const delayMs = retryDelaysMs[attempt];
    if (delayMs === undefined) void giveUp();
    else timers.after(delayMs, () => void again());
  }

  /** Asks a media server for something that has no answer worth waiting for. */
  async function tell(sfuId: SfuId, what: string, ask: (link: MediaServerLink) => Promise<unknown>, attempt = 0) {
    const server = servers.get(sfuId);
    if (!server) return;
    try {
      await ask(server.link);
    } catch (error) {
      // Stale or unknown: the room is another one or gone, and whoever made it so has reported it.
      const isOver = error instanceof AssistError && (error.code === 'media-stale' || error.code === 'not-found');
      log[isOver ? 'debug' : 'warn']({ err: error, sfuId, attempt }, `a media server did not ${what}`);
      const giveUp = async () => undefined;
      if (!isOver) retry(attempt, () => tell(sfuId, what, ask, attempt + 1), giveUp);
    }
  }

  return {
    control: {
      openRoom: (request) => void openRoom(request),
      closeRoom({ callId, sfuId }) {
        pending.delete(callId);
        servers.get(sfuId)?.rooms.delete(callId);
        void tell(sfuId, 'close a room', ({ request }) => request('room:close', { callId }));
      },
      setFlow({ callId, sfuId, epoch, flow }) {
        void tell(sfuId, 'set the flow', ({ request }) => request('room:set-flow', { callId, epoch, flow }));
      },
      removePeer({ callId, sfuId, staffId }) {
        const peerId = PeerId.parse(staffId);
        void tell(sfuId, 'let a peer go', ({ request }) => request('peer:leave', { callId, peerId }));
      },
    },

    async register(link, { sfuId, routerRtpCapabilities, rooms }) {
      const callIds = new Set(rooms.map(({ callId }) => callId));
      servers.set(sfuId, { sfuId, link, capabilities: routerRtpCapabilities, rooms: callIds });
      log.info({ sfuId, rooms: rooms.length }, 'a media server joined');
      const known = rooms.map(({ callId, epoch }) => ({ callId, epoch }));
      const { close } = await options.report({ type: 'media-server-joined', sfuId, rooms: known });
      for (const callId of close) callIds.delete(callId);
      for (const request of [...pending.values()]) void openRoom(request);
      return { close };
    },

    unregister(link) {
      const server = serverOf(link);
      if (!server) return;
      servers.delete(server.sfuId);
      log.warn({ sfuId: server.sfuId, rooms: server.rooms.size }, 'a media server left');
      void report({ type: 'media-server-left', sfuId: server.sfuId });
    },

    roomRebuilt(link, { callId, epoch }) {
      const server = serverOf(link);
      if (server) void report({ type: 'room-opened', callId, sfuId: server.sfuId, epoch });
    },

    roomLost(link, { callId, epoch }) {
      serverOf(link)?.rooms.delete(callId);
      void report({ type: 'room-lost', callId, epoch });
    },

    linkOf: (sfuId) => servers.get(sfuId)?.link,
    capabilities: () => servers.values().next().value?.capabilities,
    count: () => servers.size,
  };
}
