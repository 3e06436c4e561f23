import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentCallView, CallId, KioskPlace, StaffId } from '@bangban/protocol';
import { CONSENT_VERSION, KioskId, SfuId, StaffId as StaffIdSchema } from '@bangban/protocol';
import { demoServiceItems } from '../../signalling/src/adapters/demo/service-items.ts';
import { createMemoryDeskStore } from '../../signalling/src/adapters/memory-desk-store.ts';
import { randomId } from '../../signalling/src/adapters/random-ids.ts';
import { openSqliteDeskStore } from '../../signalling/src/adapters/sqlite-desk-store.ts';
import { systemClock, systemTimers } from '../../signalling/src/adapters/system-clock.ts';
import type { AgentProfile } from '../../signalling/src/desk/commands.ts';
import { createDesk } from '../../signalling/src/desk/desk.ts';
import type { Desk, MediaControl } from '../../signalling/src/desk/ports.ts';
import { silentLog } from '../../signalling/src/logging/log.ts';

export type StoreKind = 'durable' | 'memory';

/** A desk in this process with a media server that opens every room at once, and nobody else. */
export type DeskUnderTest = AsyncDisposable & {
  desk: Desk;
  /** What happens when a call is offered; one listener. */
  onOffer(listener: (staffId: StaffId, callId: CallId) => void): void;
  /** Puts calls for all service items, and so of all skills and priorities, into the queue. */
  enqueue(count: number): Promise<void>;
  /** Agents with all skills who wait for calls. */
  staff(count: number): Promise<StaffId[]>;
};

const sfuId = SfuId.parse('sfu-bench');
const skills = [...new Set(demoServiceItems.flatMap((item) => item.skills))];

export async function openDeskUnderTest(kind: StoreKind): Promise<DeskUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'bangban-desk-'));
  const store = kind === 'durable' ? openSqliteDeskStore(join(folder, 'desk.db')) : createMemoryDeskStore();
  let offered: (staffId: StaffId, callId: CallId) => void = () => undefined;
  let kiosks = 0;
  let agents = 0;

  const media: MediaControl = {
    openRoom({ callId, epoch }) {
      // A room that opens while the desk closes is nobody's any more.
      desk.execute({ type: 'room-opened', callId, sfuId, epoch }).catch(() => undefined);
    },
    closeRoom: () => undefined,
    setFlow: () => undefined,
    removePeer: () => undefined,
  };
  const desk = await createDesk({
    store,
    clock: systemClock,
    timers: systemTimers,
    newId: randomId,
    log: silentLog,
    media,
    outlet: {
      kioskCallChanged: () => undefined,
      queueMoved: () => undefined,
      agentChanged: () => undefined,
      agentCallChanged(staffId: StaffId, view: AgentCallView) {
        if (view.state === 'offered') offered(staffId, view.callId);
      },
      callReleased: () => undefined,
      waitingChanged: () => undefined,
      floorChanged: () => undefined,
    },
  });
  await desk.execute({ type: 'media-server-joined', sfuId, rooms: [] });

  return {
    desk,
    onOffer(listener) {
      offered = listener;
    },
    async enqueue(count) {
      await Promise.all(
        Array.from({ length: count }, async () => {
          kiosks += 1;
          const kiosk: KioskPlace = {
            kioskId: KioskId.parse(`kiosk-${kiosks}`),
            name: '终端',
            site: '大厅',
            region: '区',
          };
          const service = demoServiceItems[kiosks % demoServiceItems.length];
          if (!service) throw new Error('the demo data has service items');
          await desk.execute({ type: 'kiosk-present', kioskId: kiosk.kioskId });
          await desk.execute({
            type: 'request-call',
            kiosk,
            service,
            language: 'zh-CN',
            consent: { version: CONSENT_VERSION, language: 'zh-CN' },
            devices: { camera: true, microphone: true },
          });
        }),
      );
    },
    async staff(count) {
      const profiles = Array.from({ length: count }, (): AgentProfile => {
        agents += 1;
        const staffId = StaffIdSchema.parse(`agent-${agents}`);
        return { staffId, displayName: '坐席', number: String(agents), skills, languages: ['zh-CN', 'en'] };
      });
      for (const agent of profiles) await desk.execute({ type: 'agent-present', agent });
      return profiles.map(({ staffId }) => staffId);
    },
    async [Symbol.asyncDispose]() {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
