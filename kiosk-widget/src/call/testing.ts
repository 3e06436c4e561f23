import type {
  CallId,
  CommandId,
  KioskCallView,
  KioskEvents,
  KioskId,
  KioskRequests,
  ServiceCode,
} from '@bangban/protocol';
import { createFakeCallMedia, type FakeCallMedia } from '@bangban/sfu/client';
import { createFakeConnection, type FakeServer } from '@bangban/signalling/client';
import type { DeviceReport, LocalDevices } from '../media/devices.ts';
import type { CallMark, CallMarkStore } from './call-mark.ts';
import { type CallController, createCallController } from './controller.ts';
import type { HelpState } from './state.ts';

/** Facts that all views of these tests share. */
export const callId = 'call-0001' as CallId;
const facts = {
  callId,
  now: 0,
  service: {
    code: 'yibao-jumin-canbao' as ServiceCode,
    name: { 'zh-CN': '参保登记', en: 'Registration' },
    department: { 'zh-CN': '医保局', en: 'Insurance' },
    guide: { 'zh-CN': '请备好户口簿。', en: 'Have your register ready.' },
  },
  media: { epoch: 1 },
};
export const agent = { displayName: '李晓梅', number: 'A012' };

type ViewIn<State extends KioskCallView['state']> = Extract<KioskCallView, { state: State }>;

export function queued(over: Partial<ViewIn<'queued'>> = {}): ViewIn<'queued'> {
  const estimate = { state: 'range', lowSeconds: 180, highSeconds: 360 } as const;
  return { ...facts, state: 'queued', version: 1, position: 3, estimate, ringing: false, returned: false, ...over };
}
export function active(over: Partial<ViewIn<'active'>> = {}): ViewIn<'active'> {
  return { ...facts, state: 'active', version: 5, agent, agentPresent: true, since: 0, ...over };
}
export function closed(reason: ViewIn<'closed'>['reason'], version = 9): ViewIn<'closed'> {
  const { media: _, ...rest } = facts;
  return { ...rest, state: 'closed', version, reason };
}

/** A track that only knows whether it was stopped. */
export function fakeTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    kind,
    enabled: true,
    readyState: 'live',
    stop: () => {
      track.readyState = 'ended';
    },
  });
  // The tests touch nothing else of a track.
  return track as unknown as MediaStreamTrack;
}

/** Devices whose report the test sets; closed until they are opened. */
type FakeDevices = LocalDevices & { found: DeviceReport; become(report: DeviceReport): void; opened(): number };

function createFakeDevices(): FakeDevices {
  const none: DeviceReport = { camera: { state: 'closed' }, microphone: { state: 'closed' } };
  const listeners = new Set<() => void>();
  let report = none;
  let opened = 0;
  const devices: FakeDevices = {
    found: {
      camera: { state: 'working', track: fakeTrack('video') },
      microphone: { state: 'working', track: fakeTrack('audio') },
    },
    report: () => report,
    opened: () => opened,
    async open() {
      opened += 1;
      devices.become(devices.found);
      return report;
    },
    close() {
      for (const device of [report.camera, report.microphone]) if (device.state === 'working') device.track.stop();
      report = none;
    },
    become(next) {
      report = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return devices;
}

/** Timers that go off when the test says how much time has passed. */
function createFakeTimers() {
  let nowMs = 0;
  let waiting: { atMs: number; action: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs: number, action: () => void) {
      const entry = { atMs: nowMs + delayMs, action };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    /** Lets time pass, and everything that was promised meanwhile. */
    async pass(ms: number) {
      nowMs += ms;
      const due = waiting.filter((entry) => entry.atMs <= nowMs);
      waiting = waiting.filter((entry) => entry.atMs > nowMs);
      for (const entry of due) entry.action();
      await settle();
    },
  };
}

/** Lets promises that are resolved run to their end. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A controller with everything around it in the test's hands. */
export type StagedCall = {
  controller: CallController;
  /** The servers of all connections so far, the newest last. */
  servers: FakeServer<KioskRequests, KioskEvents>[];
  server(): FakeServer<KioskRequests, KioskEvents>;
  media(): FakeCallMedia;
  devices: FakeDevices;
  timers: ReturnType<typeof createFakeTimers>;
  mark: CallMarkStore & { held(): CallMark | null };
  settings: { deviceToken: string; service: string; language: 'zh-CN' | 'en' };
  /** Every state so far. */
  states: HelpState[];
  welcome(call?: KioskCallView | null, consentVersion?: string): void;
  /** From idle into the queue, or (with a view) into that view. */
  enter(view?: KioskCallView): Promise<void>;
};

export function stageCall(options: { mark?: CallMark } = {}): StagedCall {
  const timers = createFakeTimers();
  const servers: FakeServer<KioskRequests, KioskEvents>[] = [];
  const medias: FakeCallMedia[] = [];
  const devices = createFakeDevices();
  let held = options.mark ?? null;
  let commands = 0;
  const newest = <Item>(items: Item[]): Item => {
    const item = items.at(-1);
    if (!item) throw new Error('there is none yet');
    return item;
  };
  const staged: StagedCall = {
    servers,
    server: () => newest(servers),
    media: () => newest(medias),
    devices,
    timers,
    mark: {
      held: () => held,
      read: () => held,
      write: (mark) => {
        held = mark;
      },
      clear: () => {
        held = null;
      },
    },
    settings: { deviceToken: 'token', service: 'yibao-jumin-canbao', language: 'zh-CN' },
    states: [],
    controller: createCallController({
      settings: () => staged.settings,
      connect: () => {
        const { connection, server } = createFakeConnection<KioskRequests, KioskEvents>();
        server.answer('call:end', () => null);
        servers.push(server);
        return connection;
      },
      createMedia: () => {
        const media = createFakeCallMedia();
        medias.push(media);
        return media;
      },
      devices,
      mark: {
        read: () => staged.mark.read(),
        write: (mark) => staged.mark.write(mark),
        clear: () => staged.mark.clear(),
      },
      consentVersion: 'text-1',
      newCommandId: () => `command-${++commands}` as CommandId,
      after: timers.after,
      now: timers.now,
    }),
    welcome(call = null, consentVersion = 'text-1') {
      newest(servers).emit('kiosk:welcomed', { protocol: 1, kioskId: 'kiosk-001' as KioskId, consentVersion, call });
    },
    async enter(view = queued()) {
      staged.controller.open();
      staged.welcome();
      newest(servers).answer('call:request', () => queued());
      staged.controller.agree();
      await settle();
      if (view.state !== 'queued' || view.version > 1) newest(servers).emit('call:changed', view);
    },
  };
  staged.controller.subscribe(() => staged.states.push(staged.controller.state()));
  return staged;
}

/** Where the controller is now, narrowed; fails the test with where it really is. */
export function stateAt<At extends HelpState['at']>(staged: StagedCall, at: At): Extract<HelpState, { at: At }> {
  const state = staged.controller.state();
  if (state.at !== at) throw new Error(`expected ${at}, but it is ${JSON.stringify(state)}`);
  // The line above has just compared the tag.
  return state as Extract<HelpState, { at: At }>;
}
