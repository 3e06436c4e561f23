/** The signalling role: everything browsers open besides the media ports. */

export { loadSecrets, type Secrets } from './access/secrets.ts';
export type { Signalling } from './create-signalling.ts';
export { type SignallingReady, startSignalling } from './start-signalling.ts';
