import {
  AssistError,
  bindRequests,
  createRequester,
  type KioskId,
  LinkHandshake,
  type LinkRequests,
  linkRequests,
  type PeerEvent,
  type SfuRequests,
  type StaffId,
  sfuEvents,
} from '@bangban/protocol';
import { isSameSecret } from '../access/same-secret.ts';
import type { CallFacts } from '../access/socket-rules.ts';
import { authorizeAudited } from './authorize-audited.ts';
import { bindEvents } from './bind-events.ts';
import { handshakeMiddleware, parseHandshake } from './handshake.ts';
import type { MediaServerLink, MediaServers } from './media-servers.ts';
import type { Reporting } from './reporting.ts';
import type { ConnectionFacts } from './socket-server.ts';
import {
  forgetHandshake,
  type KioskNamespace,
  type LinkData,
  type LinkNamespace,
  type LinkSocket,
  rooms,
  type StaffNamespace,
} from './sockets.ts';

/** A media server answers in milliseconds; one that takes this long is stuck. */
const linkTimeoutMs = 5_000;

export type LinkNamespaceParts = {
  namespace: LinkNamespace;
  kiosks: KioskNamespace;
  staff: StaffNamespace;
  calls: CallFacts;
  servers: MediaServers;
  linkToken: string;
  reporting: Reporting;
  /** Milliseconds, monotone. */
  now(): number;
  factsOf(socket: LinkSocket): ConnectionFacts;
  trust(socket: LinkSocket): void;
};

type LinkContext = LinkData & { link: MediaServerLink };

/** Media servers: they prove themselves with the service token, register, and are asked for rooms. */
export function openLinkNamespace(parts: LinkNamespaceParts): { close(): void } {
  const { namespace, servers, calls, reporting } = parts;
  let isClosing = false;

  namespace.use(
    handshakeMiddleware<LinkData, LinkSocket>({
      async check(socket) {
        const { linkToken } = parseHandshake(LinkHandshake, socket.handshake.auth);
        if (parts.factsOf(socket).origin !== undefined)
          throw new AssistError('origin-refused', 'a page is no media server');
        if (!isSameSecret(linkToken, parts.linkToken))
          throw new AssistError('unauthenticated', 'not the service token');
        return { principal: { kind: 'media-server' }, source: parts.factsOf(socket).source };
      },
      onRefusal: (socket, error) => reporting.handshake(parts.factsOf(socket).source, error),
      onBug: (error) => reporting.bug('handshake', error),
    }),
  );

  namespace.on('connection', (socket: LinkSocket) => {
    forgetHandshake(socket);
    parts.trust(socket);
    const link: MediaServerLink = { request: createRequester<SfuRequests>(socket, linkTimeoutMs) };

    bindRequests<LinkRequests, LinkContext>({
      socket,
      table: linkRequests,
      handlers: { 'sfu:register': (registration, context) => servers.register(context.link, registration) },
      context: { ...socket.data, link },
      authorize: (rule, input, context) => authorizeAudited({ rule, input, ...context, calls, reporting }),
      now: parts.now,
      onBug: reporting.bug,
      onRefusal: reporting.refused,
    });

    bindEvents({
      socket,
      table: sfuEvents,
      handlers: {
        'peer:notified': ({ callId, peerId, event }) => {
          // A peer's id is the id of the kiosk or of the agent; the call says which.
          const id: string = peerId;
          if (calls.isCallOfKiosk(callId, id as KioskId)) return passOn(parts.kiosks.to(rooms.kiosk(id)), event);
          const staffId = id as StaffId;
          if (calls.isCallOfAgent(callId, staffId) || calls.isOfferedTo(callId, staffId)) {
            passOn(parts.staff.to(rooms.staff(id)), event);
          }
        },
        'room:rebuilt': (room) => servers.roomRebuilt(link, room),
        'room:lost': (room) => servers.roomLost(link, room),
      },
      onMisfit: (name) =>
        reporting.refused(name, new AssistError('invalid-payload', `"${name}" does not fit its schema`)),
      onBug: reporting.bug,
    });

    socket.on('disconnect', () => {
      // Media goes on without signalling: the next process finds the rooms as they are.
      if (!isClosing) servers.unregister(link);
    });
  });

  return {
    close() {
      isClosing = true;
    },
  };
}

/** The payload of an event is the one that its name promises; the pair stays together from here to the client. */
function passOn(to: { emit(name: PeerEvent['name'], payload: never): unknown }, { name, payload }: PeerEvent): void {
  to.emit(name, payload as never);
}
