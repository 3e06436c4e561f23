import {
  AssistError,
  bindRequests,
  type Handlers,
  KioskHandshake,
  type KioskId,
  type KioskRequests,
  kioskRequests,
  PROTOCOL_VERSION,
} from '@bangban/protocol';
import type { Origins } from '../access/origins.ts';
import type { Desk } from '../desk/ports.ts';
import type { Enrolment } from '../kiosks/enrolment.ts';
import type { Log } from '../logging/log.ts';
import type { ServiceCatalogue } from '../services/service-catalogue.ts';
import { authorizeAudited } from './authorize-audited.ts';
import type { ConnectPacer } from './connect-pacer.ts';
import { handshakeMiddleware, parseHandshake } from './handshake.ts';
import { createMediaHandlers } from './media-forwarder.ts';
import type { MediaServers } from './media-servers.ts';
import type { Reporting } from './reporting.ts';
import { createSeats, type Occupant } from './seats.ts';
import type { ConnectionFacts } from './socket-server.ts';
import { forgetHandshake, type KioskData, type KioskNamespace, type KioskSocket, rooms } from './sockets.ts';

export type KioskNamespaceParts = {
  namespace: KioskNamespace;
  desk: Desk;
  services: Pick<ServiceCatalogue, 'find'>;
  enrolment: Pick<Enrolment, 'verify' | 'onTokenReplaced'>;
  servers: MediaServers;
  origins: () => Origins;
  pacer: ConnectPacer;
  reporting: Reporting;
  log: Log;
  consentVersion: string;
  /** Milliseconds, monotone. */
  now(): number;
  factsOf(socket: KioskSocket): ConnectionFacts;
  beforeFloodEnds(socket: KioskSocket, tell: () => void): void;
};

type Sitting = Occupant & { installation: string };

/** Kiosks: one connection each, welcomed with the call they have. Returns how to stop and who is there. */
export function openKioskNamespace(parts: KioskNamespaceParts): {
  isConnected(kioskId: KioskId): boolean;
  close(): void;
} {
  const { namespace, desk, enrolment, reporting, log } = parts;
  const seats = createSeats<KioskId, Sitting>();
  const handlers = createKioskHandlers(parts);
  let isClosing = false;

  const report = async (command: { type: 'kiosk-absent' | 'kiosk-revoked'; kioskId: KioskId }) => {
    try {
      await desk.execute(command);
    } catch (error) {
      log.error({ err: error, command: command.type }, 'the desk did not take who is there');
    }
  };

  async function check(socket: KioskSocket): Promise<KioskData> {
    const { deviceToken, installation } = parseHandshake(KioskHandshake, socket.handshake.auth);
    const { origin, source } = parts.factsOf(socket);
    // A kiosk program without a page sends no Origin; its device token has to speak for it.
    if (origin !== undefined && !parts.origins().isAllowed(origin))
      throw new AssistError('origin-refused', 'not on the list');
    const { kioskId, kiosk } = await enrolment.verify(deviceToken);
    const sitting = seats.occupant(kioskId);
    if (sitting && sitting.installation !== installation)
      throw new AssistError('kiosk-in-use', 'another device has it');
    const waitMs = parts.pacer.waitMs();
    if (waitMs > 0) throw new AssistError('rate-limited', 'many come back at once', { retryAfterMs: waitMs });
    const { name, site, region } = kiosk;
    return {
      principal: { kind: 'kiosk', kioskId },
      source,
      place: { kioskId, name, site, region },
      installation,
    };
  }

  namespace.use(
    handshakeMiddleware<KioskData, KioskSocket>({
      check,
      onRefusal: (socket, error) => reporting.handshake(parts.factsOf(socket).source, error),
      onBug: (error) => reporting.bug('handshake', error),
    }),
  );

  namespace.on('connection', (socket: KioskSocket) => {
    forgetHandshake(socket);
    const { principal, installation } = socket.data;
    const { kioskId } = principal;
    const sitting: Sitting = {
      installation,
      end(reason) {
        socket.emit('session:ended', { reason });
        socket.disconnect(true);
      },
    };
    seats.take(kioskId, sitting);
    parts.beforeFloodEnds(socket, () => socket.emit('session:ended', { reason: 'flooding' }));

    bindRequests<KioskRequests, KioskData>({
      socket,
      table: kioskRequests,
      handlers,
      context: socket.data,
      authorize: (rule, input, context) => authorizeAudited({ rule, input, ...context, calls: desk, reporting }),
      now: parts.now,
      onBug: reporting.bug,
      onRefusal: reporting.refused,
    });

    socket.on('disconnect', () => {
      if (seats.leave(kioskId, sitting) && !isClosing) void report({ type: 'kiosk-absent', kioskId });
    });

    void welcome(socket, kioskId);
  });

  async function welcome(socket: KioskSocket, kioskId: KioskId): Promise<void> {
    try {
      await desk.execute({ type: 'kiosk-present', kioskId });
      if (!socket.connected) return;
      // Nothing may come between: what changes from here on reaches the socket as an event.
      const call = desk.kioskCall(kioskId);
      const { consentVersion } = parts;
      socket.emit('kiosk:welcomed', { protocol: PROTOCOL_VERSION, kioskId, consentVersion, call });
      void socket.join(rooms.kiosk(kioskId));
    } catch (error) {
      log.error({ err: error, kioskId }, 'a kiosk could not be welcomed');
      socket.disconnect(true);
    }
  }

  const stopListening = enrolment.onTokenReplaced((kioskId, cause) => {
    if (cause === 'rotated') return;
    seats.occupant(kioskId)?.end('revoked');
    if (cause === 'revoked') void report({ type: 'kiosk-revoked', kioskId });
  });

  return {
    isConnected: (kioskId) => seats.occupant(kioskId) !== undefined,
    close() {
      isClosing = true;
      stopListening();
    },
  };
}

function createKioskHandlers(parts: KioskNamespaceParts): Handlers<KioskRequests, KioskData> {
  const { desk, services, servers, consentVersion } = parts;
  return {
    'call:request': async ({ commandId, service: code, language, consent, devices }, { principal, place }) => {
      if (consent.version !== consentVersion) {
        throw new AssistError('consent-outdated', `agreed to ${consent.version}, in force is ${consentVersion}`);
      }
      const service = await services.find(code);
      if (!service) throw new AssistError('service-unknown', 'no such service item');
      return desk.execute<'request-call'>(
        { type: 'request-call', kiosk: place, service, language, consent, devices },
        { sender: principal.kioskId, commandId },
      );
    },
    'call:end': ({ commandId, callId }, { principal }) =>
      desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId }, { sender: principal.kioskId, commandId }),
    'call:snapshot': async (_, { principal }) => desk.kioskCall(principal.kioskId),
    ...createMediaHandlers<KioskData>({ desk, servers, participant: ({ principal }) => principal }),
  };
}
