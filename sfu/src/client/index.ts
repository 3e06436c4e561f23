/** Both browsers' media in a call. Nothing here loads the schema library. */
export type { CallMedia, CallMediaState, MediaSignal, MediaTarget, RemoteMedia } from './call-media.ts';
export { createCallMedia } from './create-call-media.ts';
export { createFakeCallMedia, type FakeCallMedia } from './fake-call-media.ts';
