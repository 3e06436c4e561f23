import type { KioskEvents, KioskHandshake, KioskRequests } from '@bangban/protocol';
import { PROTOCOL_VERSION } from '@bangban/protocol/plain';
import { connect } from './connect.ts';
import type { Connection, TokenSource } from './connection.ts';

export type KioskConnection = Connection<KioskRequests, KioskEvents>;

/**
 * The kiosk's connection to signalling.
 *
 * @param options.url origin of the server
 * @param options.installation stays the same in one browser profile; tells a reload from a second device
 */
export function connectKiosk(options: {
  url: string;
  deviceToken: TokenSource;
  installation: string;
}): KioskConnection {
  const { url, deviceToken, installation } = options;
  return connect<KioskRequests, KioskEvents>({
    url,
    namespace: '/kiosk',
    handshake: async () =>
      ({
        protocol: PROTOCOL_VERSION,
        deviceToken: typeof deviceToken === 'string' ? deviceToken : await deviceToken(),
        installation,
      }) satisfies KioskHandshake,
  });
}
