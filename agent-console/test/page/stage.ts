import type { StaffEvents, StaffRequests, StaffSession } from '@bangban/protocol';
import { AssistError, type ErrorCode } from '@bangban/protocol/plain';
import { type CallMediaState, createFakeCallMedia, type FakeCallMedia } from '@bangban/sfu/client';
import { type ConnectionState, createFakeConnection, type FakeServer } from '@bangban/signalling/client';
import { createRing } from '../../src/call/ring.ts';
import { createRingSounder } from '../../src/call/ring-sounder.ts';
import type { ConsoleParts } from '../../src/console.ts';
import { browserTimers } from '../../src/ui/timers.ts';
import { adminKiosks, staffView } from '../views.ts';
import { residentCamera, silentMicrophone } from './resident.ts';

type Server = FakeServer<StaffRequests, StaffEvents>;

/** How a test plays everything around the console, from outside the page. */
export type Stage = {
  emit(name: string, payload: unknown): void;
  answer(name: string, value: unknown): void;
  refuse(name: string, code: ErrorCode): void;
  /** The answer is on its way for ever. */
  hang(name: string): void;
  connection(state: ConnectionState): void;
  media(state: CallMediaState): void;
  /** What arrives from the resident: `null` is nothing. */
  resident(sends: { camera: 'moving' | 'muted' | null; microphone: 'open' | 'muted' | null }): void;
  freezeResident(): void;
  requests(): readonly { name: string; input: unknown }[];
  target(): unknown;
  /** What the console gave to call media. */
  sends(): { camera: boolean; microphone: boolean; cameraMuted: boolean; microphoneMuted: boolean };
  connections(): number;
};

declare global {
  interface Window {
    consoleStage: Stage;
  }
}

function sessionOf(userName: string): StaffSession {
  const role = userName === 'supervisor' || userName === 'admin' ? userName : 'agent';
  return { accessToken: 'token', expiresInSeconds: 600, staff: staffView(role) };
}

const refusals: Record<string, () => AssistError> = {
  wrong: () => new AssistError('sign-in-refused', 'stage'),
  throttled: () => new AssistError('rate-limited', 'stage', { retryAfterMs: 27_000 }),
  down: () => new AssistError('unreachable', 'stage'),
};

/** The console's parts with nothing real but the browser: devices, sound, timers. */
export function createStage(signedInAs: string | null): { parts: ConsoleParts; stage: Stage } {
  let server: Server | undefined;
  let media: FakeCallMedia = createFakeCallMedia();
  let connections = 0;
  const camera = residentCamera();
  const microphone = silentMicrophone();
  const now = (): Server => {
    if (server === undefined) throw new Error('nobody is signed in');
    return server;
  };
  const parts: ConsoleParts = {
    api: {
      async signIn({ userName }) {
        const refused = refusals[userName];
        if (refused !== undefined) throw refused();
        return sessionOf(userName);
      },
      async refresh() {
        if (signedInAs === 'unreachable') throw new AssistError('unreachable', 'stage');
        if (signedInAs === null) throw new AssistError('unauthenticated', 'stage');
        return sessionOf(signedInAs);
      },
      signOut: async () => undefined,
    },
    kioskApi: {
      listKiosks: async () => ({ kiosks: adminKiosks() }),
      createEnrolmentCode: async () => ({ code: '7KQ4-M2XD-9TRP', expiresInSeconds: 900 }),
      async revokeKiosk(kioskId) {
        const found = adminKiosks().find((kiosk) => kiosk.kioskId === kioskId);
        if (found === undefined) throw new AssistError('not-found', 'stage');
        return { ...found, state: 'revoked', connected: false };
      },
    },
    connect() {
      const fake = createFakeConnection<StaffRequests, StaffEvents>({ state: 'connecting' });
      server = fake.server;
      connections += 1;
      return fake.connection;
    },
    createCallMedia() {
      media = createFakeCallMedia();
      return media;
    },
    createRing: () =>
      createRing({
        sounder: createRingSounder(),
        every(intervalMs, run) {
          const timer = setInterval(run, intervalMs);
          return () => clearInterval(timer);
        },
        volume: 0.7,
        saveVolume: () => undefined,
      }),
    devicePort: navigator.mediaDevices,
    deviceMemory: { load: () => null, save: () => undefined },
    timers: browserTimers,
    monotonicMs: () => performance.now(),
    exclusively: (run) => run(),
  };
  const stage: Stage = {
    // What comes from a test has gone through JSON: its types are checked where the test builds it.
    emit: (name, payload) => now().emit(name as 'call:changed', payload as never),
    answer: (name, value) => now().answer(name as 'call:hold', () => value as never),
    refuse: (name, code) => now().refuse(name as 'call:hold', code),
    hang: (name) => now().answer(name as 'call:hold', () => new Promise(() => undefined)),
    connection: (state) =>
      now().become(state.state === 'reconnecting' ? { ...state, sinceMs: performance.now() } : state),
    media: (state) => media.become(state),
    resident(sends) {
      if (sends.camera === 'moving') camera.move();
      media.receive({
        camera: sends.camera === null ? null : { track: camera.track, muted: sends.camera === 'muted' },
        microphone: sends.microphone === null ? null : { track: microphone, muted: sends.microphone === 'muted' },
        screen: null,
      });
    },
    freezeResident: camera.freeze,
    requests: () => now().requests,
    target: () => media.target(),
    sends: () => ({
      camera: media.localTrack('camera') !== null,
      microphone: media.localTrack('microphone') !== null,
      cameraMuted: media.isMuted('camera'),
      microphoneMuted: media.isMuted('microphone'),
    }),
    connections: () => connections,
  };
  return { parts, stage };
}
