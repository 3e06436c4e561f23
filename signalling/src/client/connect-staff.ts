import type { StaffEvents, StaffHandshake, StaffRequests } from '@bangban/protocol';
import { PROTOCOL_VERSION } from '@bangban/protocol/plain';
import { connect } from './connect.ts';
import type { Connection, TokenSource } from './connection.ts';

export type StaffConnection = Connection<StaffRequests, StaffEvents>;

/**
 * The console's connection to signalling.
 *
 * @param options.url origin of the server
 * @param options.accessToken asked again at every attempt, so that a reconnect never carries an expired one
 */
export function connectStaff(options: { url: string; accessToken: TokenSource }): StaffConnection {
  const { url, accessToken } = options;
  return connect<StaffRequests, StaffEvents>({
    url,
    namespace: '/staff',
    handshake: async () =>
      ({
        protocol: PROTOCOL_VERSION,
        accessToken: typeof accessToken === 'string' ? accessToken : await accessToken(),
      }) satisfies StaffHandshake,
  });
}
