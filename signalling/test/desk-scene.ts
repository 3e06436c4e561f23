import type { CallId, CommandId, KioskId, Language, ServiceCode, SfuId, StaffId } from '@bangban/protocol';
import { createMemoryDeskStore, emptyContents, type MemoryContents } from '../src/adapters/memory-desk-store.ts';
import type { AgentProfile, DeskCommand, ServiceItem } from '../src/desk/commands.ts';
import { createDesk } from '../src/desk/desk.ts';
import type { DeskConfig } from '../src/desk/desk-config.ts';
import type { DeskStore } from '../src/desk/desk-store.ts';
import type { Desk, DeskOutlet } from '../src/desk/ports.ts';
import {
  createFakeClock,
  createFakeMediaControl,
  createFakeTimers,
  createRecordingOutlet,
  type FakeClock,
  type FakeMediaControl,
  type FakeTimers,
  type Recording,
} from '../src/desk/testing.ts';
import { silentLog } from '../src/logging/log.ts';

/* Ids in tests are plain words; these say which kind of id a word is. */
export const kioskId = (word: string) => word as KioskId;
export const staffId = (word: string) => word as StaffId;
export const callId = (word: string) => word as CallId;
export const sfuId = (word: string) => word as SfuId;
export const commandId = (word: string) => word as CommandId;
export const serviceCode = (word: string) => word as ServiceCode;

const text = (words: string) => ({ 'zh-CN': words, en: words });

export function serviceItem(
  options: { code?: string; skills?: readonly string[]; priority?: number } = {},
): ServiceItem {
  const { code = 'shebao-01', skills = ['shebao'], priority = 0 } = options;
  return { code: serviceCode(code), name: text(code), department: text('D'), guide: text('G'), skills, priority };
}

export function agentProfile(
  word: string,
  options: { skills?: readonly string[]; languages?: readonly Language[] } = {},
): AgentProfile {
  const { skills = ['shebao'], languages = ['zh-CN', 'en'] } = options;
  return { staffId: staffId(word), displayName: word, number: '001', skills, languages };
}

export function callRequest(
  word: string,
  options: { service?: ServiceItem; language?: Language } = {},
): Extract<DeskCommand, { type: 'request-call' }> {
  const { service = serviceItem(), language = 'zh-CN' } = options;
  return {
    type: 'request-call',
    kiosk: { kioskId: kioskId(word), name: word, site: 'Hall', region: 'r1' },
    service,
    language,
    consent: { version: 'v1', language },
    devices: { camera: true, microphone: true },
  };
}

/** A desk with everything around it in the test's hand. */
export type Scene = {
  desk: Desk;
  clock: FakeClock;
  timers: FakeTimers;
  outlet: Recording<DeskOutlet>;
  media: FakeMediaControl;
  store: DeskStore;
  /** What the store holds. */
  contents: MemoryContents;
  /** Signs an agent in and makes them available. */
  onDuty(word: string, options?: Parameters<typeof agentProfile>[1]): Promise<StaffId>;
  /** Requests a call and gives its id. */
  request(word: string, options?: Parameters<typeof callRequest>[1]): Promise<CallId>;
  /** Brings an offered call to `active`: accepted, room open, media on both sides. */
  talk(callId: CallId, staffId: StaffId): Promise<void>;
  /** A new desk over the same store, as after the process was killed. */
  restart(): Promise<Scene>;
};

export async function createScene(
  options: {
    config?: Partial<DeskConfig>;
    contents?: MemoryContents;
    clock?: FakeClock;
    wrapStore?: (store: DeskStore) => DeskStore;
  } = {},
): Promise<Scene> {
  const { config = {}, contents = emptyContents(), clock = createFakeClock(), wrapStore = (store) => store } = options;
  const timers = createFakeTimers(clock);
  const outlet = createRecordingOutlet();
  const media = createFakeMediaControl();
  const store = wrapStore(createMemoryDeskStore(contents));
  const calls = () => contents.timeline.size;
  let ids = calls();
  const newId = () => {
    ids += 1;
    return `call-${ids}`;
  };
  const desk = await createDesk({ store, clock, timers, newId, outlet, media, config, log: silentLog });
  await timers.settle();

  return {
    desk,
    clock,
    timers,
    outlet,
    media,
    store,
    contents,
    async onDuty(word, profile) {
      const agent = agentProfile(word, profile);
      await desk.execute<'agent-present'>({ type: 'agent-present', agent });
      const availability = { state: 'available' } as const;
      await desk.execute<'set-availability'>({ type: 'set-availability', staffId: agent.staffId, availability });
      return agent.staffId;
    },
    async request(word, request) {
      const view = await desk.execute<'request-call'>(callRequest(word, request));
      return view.callId;
    },
    async talk(call, agent) {
      await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call });
      await openRoom(desk, media, call);
      const epoch = desk.roomOf(call)?.epoch ?? 0;
      await desk.execute<'media-flowing'>({ type: 'media-flowing', callId: call, side: 'kiosk', epoch });
      await desk.execute<'media-flowing'>({ type: 'media-flowing', callId: call, side: 'agent', epoch });
    },
    async restart() {
      await desk.close();
      return createScene({ ...options, contents, clock });
    },
  };
}

/** The media server opens the room that was asked for last. */
export async function openRoom(desk: Desk, media: FakeMediaControl, call: CallId, sfu = sfuId('sfu-1')): Promise<void> {
  const opened = media.opened(call, sfu);
  if (opened && desk.roomOf(call)?.epoch !== opened.epoch) await desk.execute<'room-opened'>(opened);
}
