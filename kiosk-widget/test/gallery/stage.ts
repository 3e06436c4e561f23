import type {
  CallId,
  CommandId,
  KioskCallView,
  KioskEvents,
  KioskId,
  KioskRequests,
  ServiceCode,
} from '@bangban/protocol';
import { CONSENT_VERSION } from '@bangban/protocol/plain';
import { createFakeCallMedia, type FakeCallMedia } from '@bangban/sfu/client';
import { createFakeConnection, type FakeServer } from '@bangban/signalling/client';
import { createCallMarkStore } from '../../src/call/call-mark.ts';
import { type CallController, createCallController } from '../../src/call/controller.ts';
import { assembleHelp } from '../../src/element/assemble-help.ts';
import type { HelpHost, MountedHelp } from '../../src/loader/host.ts';
import { createLocalDevices, type MediaDevicesPort } from '../../src/media/devices.ts';
import { pictureOf, resident, silence } from './pictures.ts';

/** The real widget with a server and media that the test plays. Takes the place of `element/mount-help.ts`. */
export type Stage = {
  controller: CallController;
  /** The newest connection's server, and the media of the newest call. */
  server: FakeServer<KioskRequests, KioskEvents>;
  media: FakeCallMedia;
  /** What the kiosk has; anything else fails with this name. */
  devices: { camera: boolean; microphone: boolean; error: string };
  /** Tracks that were opened, for looking at whether they are stopped. */
  tracks: MediaStreamTrack[];
  welcome(call?: KioskCallView | null): void;
};

export const callId = 'call-0001' as CallId;
const service = {
  code: 'yibao-jumin-canbao' as ServiceCode,
  name: { 'zh-CN': '城乡居民医疗保险参保登记', en: 'Medical insurance for residents' },
  department: { 'zh-CN': '市医疗保障局', en: 'Healthcare Security Bureau' },
  guide: { 'zh-CN': '请备好户口簿或居住证。', en: 'Have your household register ready.' },
};
export const facts = { callId, now: 1_800_000_000_000, service, media: { epoch: 1 } };

declare global {
  interface Window {
    stage: Stage;
  }
}

export function mountHelp(host: HelpHost): MountedHelp {
  let commands = 0;
  const connect = () => {
    const fake = createFakeConnection<KioskRequests, KioskEvents>();
    stage.server = fake.server;
    queueMicrotask(() => stage.onConnect());
    return fake.connection;
  };
  const stage = {
    devices: { camera: true, microphone: true, error: 'NotFoundError' },
    tracks: [] as MediaStreamTrack[],
    media: createFakeCallMedia(),
    server: createFakeConnection<KioskRequests, KioskEvents>().server,
    // A test that loads the page anew leaves here what the server then knows.
    onConnect: () => stage.welcome(JSON.parse(sessionStorage.getItem('stage.call') ?? 'null')),
    welcome: (call: KioskCallView | null = null) =>
      stage.server.emit('kiosk:welcomed', {
        protocol: 1,
        kioskId: 'kiosk-001' as KioskId,
        consentVersion: CONSENT_VERSION,
        call,
      }),
  } as Stage & { onConnect(): void };
  stage.controller = createCallController({
    settings: host.settings,
    connect,
    createMedia: () => {
      stage.media = createFakeCallMedia();
      return stage.media;
    },
    devices: createLocalDevices(fakeDevices(stage)),
    mark: createCallMarkStore(() => sessionStorage),
    consentVersion: CONSENT_VERSION,
    newCommandId: () => `command-${++commands}` as CommandId,
    after(delayMs, action) {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  });
  window.stage = stage;
  return assembleHelp(host, stage.controller);
}

function fakeDevices(stage: Stage): MediaDevicesPort {
  const target = new EventTarget();
  return {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    async getUserMedia({ video, audio } = {}) {
      const { camera, microphone, error } = stage.devices;
      if ((video && !camera) || (audio && !microphone)) throw new DOMException('not here', error);
      const tracks = [...(video ? [pictureOf(resident)] : []), ...(audio ? [silence()] : [])];
      stage.tracks.push(...tracks);
      return new MediaStream(tracks);
    },
  };
}
