import type { StaffConnection } from '@bangban/signalling/client';

/** The part of the connection to signalling that most controllers need. */
export type StaffWire = Pick<StaffConnection, 'request' | 'on'>;
