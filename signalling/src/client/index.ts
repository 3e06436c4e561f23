/** The browsers' end of the sockets. Nothing here loads the schema library. */
export { connectKiosk, type KioskConnection } from './connect-kiosk.ts';
export { connectStaff, type StaffConnection } from './connect-staff.ts';
export type { Connection, ConnectionState, TokenSource } from './connection.ts';
export { createFakeConnection, type FakeServer } from './fake-connection.ts';
