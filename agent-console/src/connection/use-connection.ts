import type { ConnectionState, StaffConnection } from '@bangban/signalling/client';
import { useSyncExternalStore } from 'react';

/** Where the connection stands. */
export function useConnection(connection: StaffConnection): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.state);
}
