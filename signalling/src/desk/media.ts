import type { CallId, SfuId } from '@bangban/protocol';
import { type Call, isLive, type LiveCall, type WaitingCall } from '../call/call.ts';
import { flowIn } from '../call/room.ts';
import type { Deciding, Decisions } from './deciding.ts';
import type { Turn } from './turn.ts';

/** Rooms and the media servers that hold them. */
export const mediaDecisions = {
  'media-server-joined'(desk, { sfuId, rooms }) {
    const { turn } = desk;
    desk.mediaServers.add(sfuId);
    const close = rooms.filter((room) => !keepRoom(turn, sfuId, room)).map(({ callId }) => callId);
    const reported = new Set(rooms.map(({ callId }) => callId));
    for (const callId of roomsOn(turn, sfuId)) if (!reported.has(callId)) loseRoom(turn, callId, turn.now);
    return { close };
  },

  'media-server-left'(desk, { sfuId }) {
    desk.mediaServers.delete(sfuId);
    loseServer(desk.turn, sfuId);
    // Which server was opening a room is not known here: what was on its way is asked for anew.
    for (const call of desk.turn.state.calls.values()) {
      if (isLive(call) && call.media.state === 'opening') loseRoom(desk.turn, call.callId, desk.turn.now);
    }
    return null;
  },

  'media-servers-due'({ turn, mediaServers }) {
    for (const sfuId of turn.state.roomsOn.keys()) if (!mediaServers.has(sfuId)) loseServer(turn, sfuId);
    return null;
  },

  'room-opened'({ turn }, { callId, sfuId, epoch }) {
    const call = turn.state.calls.get(callId);
    if (call && isLive(call)) turn.stepCall(callId, { type: 'room-opened', sfuId, epoch });
    else turn.effects.push({ type: 'media', callId, effect: { type: 'close-room', sfuId } });
    return null;
  },

  'room-lost'({ turn, config }, { callId, epoch }) {
    const call = turn.state.calls.get(callId);
    if (!call || !isLive(call)) return null;
    // A room that worked is asked for at once; one that could not be opened gives the media server time to recover.
    const retryAt = call.media.state === 'open' ? turn.now : turn.now + config.roomRetryMs;
    turn.stepCall(callId, { type: 'room-lost', epoch, retryAt });
    return null;
  },

  'media-flowing'({ turn }, { callId, side, epoch }) {
    turn.stepCall(callId, { type: 'media-flowing', side, epoch });
    return null;
  },
} satisfies Partial<Decisions>;

/**
 * Asks for the rooms that are due: those of calls that an agent has or is offered, and of the calls at the front of the
 * queue. Runs at the end of each turn, over what the turn touched and over the front.
 */
export function prepareRooms({ turn, config, forecast }: Deciding): void {
  const positionOf: PositionOf = (call) => forecast.positionOf(call);
  for (const callId of turn.calls) prepare(turn, turn.state.calls.get(callId), config.prepareAhead, positionOf);
  // Positions change with the queue, and with who is on duty.
  if (turn.waitingLines.size === 0 && turn.agents.size === 0) return;
  for (const { waiting } of turn.state.queue.buckets.values()) {
    for (let index = 0; index < config.prepareAhead; index += 1) {
      const entry = waiting.at(index);
      if (!entry) break;
      prepare(turn, turn.state.calls.get(entry.callId), config.prepareAhead, positionOf);
    }
  }
}

type PositionOf = (call: WaitingCall) => number;

function prepare(turn: Turn, call: Call | undefined, prepareAhead: number, positionOf: PositionOf): void {
  if (!call || !isLive(call) || !isDue(call, turn.now)) return;
  const isFarBack = call.state === 'queued' && (!call.kioskPresence.present || positionOf(call) > prepareAhead);
  if (!isFarBack) turn.stepCall(call.callId, { type: 'open-room' });
}

const isDue = ({ media }: LiveCall, now: number) =>
  media.state === 'none' || (media.state === 'failed' && media.retryAt <= now);

/** Whether a room that a media server reports is of use; takes it over where it is newer than what is known. */
function keepRoom(turn: Turn, sfuId: SfuId, { callId, epoch }: { callId: CallId; epoch: number }): boolean {
  const call = turn.state.calls.get(callId);
  if (!call || !isLive(call)) return false;
  const { media } = call;
  if (media.state === 'open' && media.sfuId !== sfuId && media.epoch >= epoch) return false;
  if (media.state === 'open' && media.epoch === epoch) {
    // The last flow may have been decided and not sent before the desk went down.
    const effect = { type: 'set-flow', sfuId, epoch, flow: flowIn(call.state) } as const;
    turn.effects.push({ type: 'media', callId, effect });
  } else turn.stepCall(callId, { type: 'room-opened', sfuId, epoch });
  // A room under an older epoch is not closed: the opening that is on its way replaces it.
  return true;
}

function loseServer(turn: Turn, sfuId: SfuId): void {
  for (const callId of roomsOn(turn, sfuId)) loseRoom(turn, callId, turn.now);
}

function loseRoom(turn: Turn, callId: CallId, retryAt: number): void {
  const call = turn.state.calls.get(callId);
  if (call && isLive(call)) turn.stepCall(callId, { type: 'room-lost', epoch: call.media.epoch, retryAt });
}

/** A copy: losing a room changes the set. */
const roomsOn = (turn: Turn, sfuId: SfuId): CallId[] => [...(turn.state.roomsOn.get(sfuId) ?? [])];
