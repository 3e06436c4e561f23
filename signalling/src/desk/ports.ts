import type {
  AgentCallView,
  AgentDesk,
  AgentView,
  CallId,
  CommandId,
  FloorList,
  KioskCallView,
  KioskId,
  ReleaseReason,
  RoomFlow,
  SfuId,
  StaffId,
  WaitEstimate,
  WaitingCallView,
  WaitingList,
} from '@bangban/protocol';
import type { DeskCommand, DeskResult } from './commands.ts';

/** Server time. Only its adapter reads the machine's clock. */
export type Clock = {
  /** Milliseconds since 1970. May step when the machine's clock is set. */
  now(): number;
  /** Milliseconds since some point; never goes back. For durations and rate limits. */
  monotonic(): number;
};

/** One-shot timers. Only its adapter owns real ones. */
export type Timers = {
  /** Calls `run` once, `delayMs` from now (0 = as soon as possible). Returns the cancellation. */
  after(delayMs: number, run: () => void): () => void;
};

/** Where the desk tells people what changed. Called only after the change is durable. Never throws, never waits. */
export type DeskOutlet = {
  kioskCallChanged(kioskId: KioskId, view: KioskCallView): void;
  queueMoved(
    kioskId: KioskId,
    moved: { callId: CallId; version: number; position: number; estimate: WaitEstimate },
  ): void;
  agentChanged(view: AgentView): void;
  agentCallChanged(staffId: StaffId, view: AgentCallView): void;
  callReleased(staffId: StaffId, released: { callId: CallId; version: number; reason: ReleaseReason }): void;
  waitingChanged(change: { sequence: number; changed: WaitingCallView[]; removed: CallId[] }): void;
  floorChanged(change: { sequence: number; changed: AgentView[] }): void;
};

/**
 * What the desk asks of media servers. Fire and forget: outcomes come back as the commands `room-opened`, `room-lost`
 * and `media-server-left`.
 */
export type MediaControl = {
  /** Opens the room of a call on the least loaded media server, or on `sfuId` where the call already has one there. */
  openRoom(request: { callId: CallId; epoch: number; flow: RoomFlow }): void;
  closeRoom(request: { callId: CallId; sfuId: SfuId }): void;
  setFlow(request: { callId: CallId; sfuId: SfuId; epoch: number; flow: RoomFlow }): void;
  /** An agent who no longer has the call leaves its room. */
  removePeer(request: { callId: CallId; sfuId: SfuId; staffId: StaffId }): void;
};

/** Where a peer's media requests go, and under which epoch; absent when it may not take part or there is no room. */
export type RoomAddress = { sfuId: SfuId; epoch: number };

/** The only writer of live state. */
export type Desk = {
  /**
   * Decides, commits, performs the effects, and gives the result.
   *
   * @param key the sender's command id, scoped to the sender: the same key gives the same result and changes nothing twice
   * @throws AssistError when the command is refused; nothing has changed then
   */
  execute<Type extends DeskCommand['type']>(
    command: Extract<DeskCommand, { type: Type }>,
    key?: { sender: KioskId | StaffId; commandId: CommandId },
  ): Promise<DeskResult<Type>>;

  kioskCall(kioskId: KioskId): KioskCallView | null;
  agentDesk(staffId: StaffId): AgentDesk;
  waitingList(): WaitingList;
  floorList(): FloorList;

  /** Authorization facts. */
  isCallOfKiosk(callId: CallId, kioskId: KioskId): boolean;
  isCallOfAgent(callId: CallId, staffId: StaffId): boolean;
  isOfferedTo(callId: CallId, staffId: StaffId): boolean;
  roomOf(callId: CallId): RoomAddress | undefined;

  /** Figures for `/metrics` and `/readyz`. */
  figures(): { callsByState: Record<string, number>; agentsByState: Record<string, number>; storeWritable: boolean };

  /** Refuses new calls with `draining` from now on; running ones go on. */
  drain(): void;
  /** Stops timers and closes the store. Idempotent. */
  close(): Promise<void>;
};
