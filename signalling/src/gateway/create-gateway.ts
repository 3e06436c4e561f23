import type { Server as HttpServer } from 'node:http';
import type { KioskId } from '@bangban/protocol';
import type { Namespace } from 'socket.io';
import type { Audit } from '../access/audit.ts';
import type { Origins } from '../access/origins.ts';
import type { Sessions, StaffAccounts } from '../access/sessions.ts';
import type { Tokens } from '../access/tokens.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from '../desk/ports.ts';
import type { Enrolment } from '../kiosks/enrolment.ts';
import type { Log } from '../logging/log.ts';
import type { ServiceCatalogue } from '../services/service-catalogue.ts';
import { createConnectPacer } from './connect-pacer.ts';
import { createDeskOutlet } from './desk-outlet.ts';
import { openKioskNamespace } from './kiosk-namespace.ts';
import { openLinkNamespace } from './link-namespace.ts';
import { createMediaServers } from './media-servers.ts';
import { createReporting, type GatewayFigures } from './reporting.ts';
import { type ConnectionLimits, createSocketServer } from './socket-server.ts';
import type { KioskNamespace, LinkNamespace, StaffNamespace } from './sockets.ts';
import { openStaffNamespace } from './staff-namespace.ts';

export type GatewayParts = {
  httpServer: HttpServer;
  origins: () => Origins;
  limits: ConnectionLimits & { connectsPerSecond: number };
  clock: Clock;
  timers: Timers;
  log: Log;
  audit: Audit;
  figures: GatewayFigures;
  randomId(): string;
};

/** What the gateway serves once there is a desk behind it. */
type GatewayServices = {
  desk: Desk;
  sessions: Sessions;
  accounts: StaffAccounts;
  tokens: Tokens;
  enrolment: Enrolment;
  services: ServiceCatalogue;
  linkToken: string;
  consentVersion: string;
};

/** The edge where sockets live. The desk needs its outlet and media control, so it exists before the desk does. */
export type Gateway = {
  outlet: DeskOutlet;
  media: MediaControl;
  /** From now on connections are let in. Called once. */
  open(services: GatewayServices): void;
  isKioskConnected(kioskId: KioskId): boolean;
  mediaServers(): number;
  connections(): number;
  /** Disconnects everybody; they come back by themselves. Idempotent. */
  close(): Promise<void>;
};

export function createGateway(parts: GatewayParts): Gateway {
  const { clock, timers, limits, log } = parts;
  const now = clock.monotonic;
  const { io, connections, factsOf, beforeFloodEnds, trust } = createSocketServer({ ...parts, now });
  // Each namespace is used with the events and data of its own table only.
  const kiosks = io.of('/kiosk') as Namespace as KioskNamespace;
  const staff = io.of('/staff') as Namespace as StaffNamespace;
  const links = io.of('/link') as Namespace as LinkNamespace;

  let served: { desk: Desk; isKioskConnected(kioskId: KioskId): boolean; close(): void } | undefined;
  const servers = createMediaServers({
    report: (command) => {
      if (!served) throw new Error('a media server reported before there was a desk');
      return served.desk.execute(command);
    },
    timers,
    log: log.child({ part: 'media-servers' }),
  });
  const reporting = (namespace: string) => createReporting({ ...parts, namespace, log: log.child({ namespace }) });

  return {
    outlet: createDeskOutlet(kiosks, staff),
    media: servers.control,

    open(services) {
      const { desk, enrolment } = services;
      const shared = {
        ...services,
        servers,
        origins: parts.origins,
        pacer: createConnectPacer(limits.connectsPerSecond, now),
        log,
        factsOf: (socket: { conn: Parameters<typeof factsOf>[0] }) => factsOf(socket.conn),
        beforeFloodEnds: (socket: { conn: Parameters<typeof beforeFloodEnds>[0] }, tell: () => void) =>
          beforeFloodEnds(socket.conn, tell),
      };
      const openKiosks = openKioskNamespace({
        ...shared,
        namespace: kiosks,
        enrolment,
        reporting: reporting('/kiosk'),
        now,
      });
      const openStaff = openStaffNamespace({
        ...shared,
        namespace: staff,
        reporting: reporting('/staff'),
        clock,
        timers,
      });
      const openLinks = openLinkNamespace({
        namespace: links,
        kiosks,
        staff,
        calls: desk,
        servers,
        linkToken: services.linkToken,
        reporting: reporting('/link'),
        now,
        factsOf: (socket: { conn: Parameters<typeof factsOf>[0] }) => factsOf(socket.conn),
        trust: (socket) => trust(socket.conn),
      });
      served = {
        desk,
        isKioskConnected: openKiosks.isConnected,
        close() {
          openKiosks.close();
          openStaff.close();
          openLinks.close();
        },
      };
    },

    isKioskConnected: (kioskId) => served?.isKioskConnected(kioskId) ?? false,
    mediaServers: servers.count,
    connections,
    async close() {
      // What becomes of absent kiosks and agents is decided by the process that runs next.
      served?.close();
      await io.close();
    },
  };
}
