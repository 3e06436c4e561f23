import type { EventMap, EventTable, KioskEvents, KioskPlace, StaffEvents, StaffView } from '@bangban/protocol';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { SocketPrincipal } from '../access/socket-rules.ts';

/** What the handshake of a connection proved. */
export type KioskData = {
  principal: Extract<SocketPrincipal, { kind: 'kiosk' }>;
  source: string;
  place: KioskPlace;
  installation: string;
};
export type StaffData = {
  principal: Extract<SocketPrincipal, { kind: 'staff' }>;
  source: string;
  staff: StaffView;
  sessionId: string;
  /** When the newest access token of this connection expires, on the server's clock. */
  expiresAtMs: number;
};
export type LinkData = { principal: Extract<SocketPrincipal, { kind: 'media-server' }>; source: string };

/*
 * What arrives is typed by the binder, which parses it; Socket.IO's own types would promise it unparsed.
 */
type NamespaceOf<Events extends EventTable, Data> = Namespace<
  DefaultEventsMap,
  EventMap<Events>,
  DefaultEventsMap,
  Data
>;
type SocketOf<Events extends EventTable, Data> = Socket<DefaultEventsMap, EventMap<Events>, DefaultEventsMap, Data>;

export type KioskNamespace = NamespaceOf<KioskEvents, KioskData>;
export type StaffNamespace = NamespaceOf<StaffEvents, StaffData>;
export type LinkNamespace = NamespaceOf<Record<never, never>, LinkData>;
export type KioskSocket = SocketOf<KioskEvents, KioskData>;
export type StaffSocket = SocketOf<StaffEvents, StaffData>;
export type LinkSocket = SocketOf<Record<never, never>, LinkData>;

/**
 * Lets go of what a handshake brought, once it has proved what it had to: its tokens are not kept in memory, and thousands
 * of waiting kiosks do not hold a request each.
 */
export function forgetHandshake(socket: Pick<Socket, 'handshake' | 'conn'>): void {
  socket.handshake.auth = {};
  socket.handshake.headers = {};
  // Socket.IO's documentation names this as the way to discard the first request; its type does not say so.
  (socket.conn as { request: unknown }).request = null;
}

/** Socket.IO rooms that events are sent to. */
export const rooms = {
  kiosk: (kioskId: string) => `kiosk:${kioskId}`,
  staff: (staffId: string) => `staff:${staffId}`,
  everyStaff: 'staff',
  supervisors: 'role:supervisor',
} as const;
