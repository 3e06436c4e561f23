import type { CallMedia, MediaSignal } from '@bangban/sfu/client';
import type { StaffConnection } from '@bangban/signalling/client';
import { createKioskAdmin, type KioskAdminApi, type KioskAdminController } from './admin/kiosk-admin.ts';
import { type AgentCallController, createAgentCall } from './call/agent-call.ts';
import { type CallMediaLink, createCallMediaLink } from './call/call-media-link.ts';
import { createLocalDevices, type DeviceMemory, type DevicePort, type LocalDevices } from './call/local-devices.ts';
import type { Ring } from './call/ring.ts';
import { createServerClock, type ServerClock } from './connection/server-clock.ts';
import { createFloor, type FloorController } from './floor/floor.ts';
import { type AvailabilityController, createAvailability, isOnDuty } from './queue/availability.ts';
import { createWaitingList, type WaitingListController } from './queue/waiting-list.ts';
import { createDisposer } from './ui/disposer.ts';
import type { Timers } from './ui/timers.ts';

/** What an agent works with. */
export type AgentPlace = {
  role: 'agent';
  availability: AvailabilityController;
  agentCall: AgentCallController;
  devices: LocalDevices;
  media: CallMedia;
  mediaLink: CallMediaLink;
  ring: Ring;
};
export type SupervisorPlace = { role: 'supervisor'; floor: FloorController };
export type AdminPlace = { role: 'admin'; kiosks: KioskAdminController };

/** Everything that lives as long as one connection of one member of staff. */
export type Workplace = {
  connection: StaffConnection;
  clock: ServerClock;
  waiting: WaitingListController;
  place: AgentPlace | SupervisorPlace | AdminPlace;
  /** Closes what it made, in the order of docs/closing.md: call media, devices, lists, connection. Idempotent. */
  close(): void;
};

/** What a workplace is made from. */
export type WorkplaceParts = {
  connection: StaffConnection;
  createCallMedia(signal: MediaSignal): CallMedia;
  createRing(): Ring;
  devicePort: DevicePort | undefined;
  deviceMemory: DeviceMemory;
  kioskApi: KioskAdminApi;
  timers: Timers;
  monotonicMs(): number;
};

/** Builds what the role needs, before the connection has said anything. */
export function createWorkplace(role: Workplace['place']['role'], parts: WorkplaceParts): Workplace {
  const { connection, timers, monotonicMs } = parts;
  const clock = createServerClock(monotonicMs);
  const disposer = createDisposer();
  const waiting = createWaitingList({ connection, clock, timers });
  disposer.add(() => connection.close(), waiting.close);

  const agentPlace = (): AgentPlace => {
    const availability = createAvailability({ connection, clock });
    const agentCall = createAgentCall({ connection, clock });
    const devices = createLocalDevices(parts.devicePort, parts.deviceMemory);
    const media = parts.createCallMedia(connection);
    const mediaLink = createCallMediaLink({ agentCall, devices, media });
    const ring = parts.createRing();

    const followDuty = () => {
      const { agent } = availability.get();
      // Somebody who is away is not filmed, and somebody on duty is ready before it rings.
      if (agent === null) return;
      if (isOnDuty(agent)) devices.open();
      else devices.release();
    };
    const followOffer = () => {
      const { call, pending } = agentCall.get();
      const isWaitingForAgent = call?.state === 'offered' && pending !== 'accept' && pending !== 'decline';
      if (isWaitingForAgent) ring.start();
      else ring.stop();
    };
    disposer.add(
      availability.close,
      agentCall.close,
      ring.close,
      devices.close,
      () => media.close(),
      mediaLink.close,
      availability.subscribe(followDuty),
      agentCall.subscribe(followOffer),
    );
    return { role: 'agent', availability, agentCall, devices, media, mediaLink, ring };
  };

  const supervisorPlace = (): SupervisorPlace => {
    const floor = createFloor({ connection, clock, timers });
    disposer.add(floor.close);
    return { role: 'supervisor', floor };
  };

  const adminPlace = (): AdminPlace => ({
    role: 'admin',
    kiosks: createKioskAdmin({ api: parts.kioskApi, monotonicMs }),
  });

  const places = { agent: agentPlace, supervisor: supervisorPlace, admin: adminPlace };
  return { connection, clock, waiting, place: places[role](), close: disposer.close };
}
