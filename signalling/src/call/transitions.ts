import { AssistError, type ReleaseReason } from '@bangban/protocol';
import {
  type AnsweredCall,
  type Call,
  type CallEffect,
  type CallEvent,
  type CallEventOf,
  type CallEventType,
  type CallIn,
  type CallState,
  factsOf,
  isWaiting,
  type LiveCall,
  type WaitingCall,
} from './call.ts';
import { afterRestart, closedRoom, openRoom, roomLost, roomOpened, withoutAgent } from './room.ts';

/*
 *           offer            accept              both flowing          hold
 *  queued ─────────▶ offered ───────▶ connecting ────────────▶ active ◀─────▶ held
 *   ▲ ▲                 │                  │                      │   resume    │
 *   │ └─ decline, ──────┘                  │                      │             │
 *   │    offer-expired, offer-lost         │                      │             │
 *   └── (head) agent-lost, media-timed-out ┴───── agent-lost ─────┴─────────────┘
 *
 *  queued, offered ── end ──▶ closed                    (nobody has answered: nothing to wrap up)
 *  connecting, active, held ── end ──▶ wrapping-up ── finish-wrap-up ──▶ closed
 *  connecting ── media-timed-out, for the third time ──▶ closed
 *
 *  Presence (kiosk-left, kiosk-returned, agent-left, agent-returned), the room (open-room, room-opened, room-lost) and
 *  desk-restarted change facts, not the state.
 */

/** The second agent may have been unlucky too; a third failure in a row is the kiosk's network. */
const MAX_FAILED_CONNECTIONS = 3;

export type CallStep = { call: Call; effects: CallEffect[] };

type Rule<State extends CallState, Type extends CallEventType> = (
  call: CallIn<State>,
  event: CallEventOf<Type>,
  now: number,
) => CallStep;
type Rules = { [State in CallState]: { [Type in CallEventType]?: Rule<State, Type> } };

const live = (call: LiveCall) => ({ ...factsOf(call), kioskPresence: call.kioskPresence, media: call.media });
const waiting = (call: WaitingCall) => ({ ...live(call), returned: call.returned });
const answered = (call: AnsweredCall) => ({
  ...live(call),
  agent: call.agent,
  agentPresence: call.agentPresence,
  offeredAt: call.offeredAt,
  acceptedAt: call.acceptedAt,
});
const same = (call: Call): CallStep => ({ call, effects: [] });

const offer: Rule<'queued', 'offer'> = (call, { agent, expiresAt }, now) => ({
  call: { ...waiting(call), state: 'offered', agent, offeredAt: now, expiresAt },
  effects: [],
});

const accept: Rule<'offered', 'accept'> = (call, _event, now) => {
  const { media } = call;
  return {
    call: {
      ...live(call),
      state: 'connecting',
      agent: call.agent,
      agentPresence: { present: true },
      offeredAt: call.offeredAt,
      acceptedAt: now,
      since: now,
      flowing: { kiosk: false, agent: false },
    },
    effects: media.state === 'open' ? [{ type: 'set-flow', sfuId: media.sfuId, epoch: media.epoch, flow: 'open' }] : [],
  };
};

/** Back to its old place: the rank has not changed. */
const takenBack =
  (reason: ReleaseReason) =>
  (call: CallIn<'offered'>): CallStep => ({
    call: { ...waiting(call), state: 'queued' },
    effects: [
      ...(call.media.state === 'open'
        ? [{ type: 'remove-peer', sfuId: call.media.sfuId, staffId: call.agent.staffId } as const]
        : []),
      { type: 'release', staffId: call.agent.staffId, reason },
    ],
  });

const toHead = (call: AnsweredCall, event: { headRank: number }): CallStep => ({
  call: { ...live(call), state: 'queued', returned: true, rank: event.headRank },
  effects: [
    ...withoutAgent(call.media, call.agent),
    { type: 'release', staffId: call.agent.staffId, reason: 'agent-lost' },
  ],
});

const mediaTimedOut: Rule<'connecting', 'media-timed-out'> = (call, { headRank }, now) => {
  const failedConnections = call.failedConnections + 1;
  const effects: CallEffect[] = [
    ...closedRoom(call.media),
    { type: 'release', staffId: call.agent.staffId, reason: 'media-failed' },
  ];
  if (failedConnections >= MAX_FAILED_CONNECTIONS) {
    return {
      call: { ...factsOf(call), failedConnections, state: 'closed', reason: 'media-failed', endedAt: now },
      effects,
    };
  }
  // The next attempt gets a room of its own: this one has shown that it does not work.
  const media = { state: 'none', epoch: call.media.epoch } as const;
  return {
    call: { ...live(call), media, failedConnections, state: 'queued', returned: true, rank: headRank },
    effects,
  };
};

const end = (call: LiveCall, { reason, wrapUpEndsAt }: CallEventOf<'end'>, now: number): CallStep => {
  const effects = closedRoom(call.media);
  if (call.state === 'queued' || call.state === 'offered') {
    const released = reason === 'kiosk-lost' ? reason : 'cancelled';
    if (call.state === 'offered') effects.push({ type: 'release', staffId: call.agent.staffId, reason: released });
    return { call: { ...factsOf(call), state: 'closed', reason, endedAt: now }, effects };
  }
  const { agent, offeredAt, acceptedAt } = call;
  const ended = { ...factsOf(call), reason, endedAt: now, agent, offeredAt, acceptedAt, endsAt: wrapUpEndsAt };
  return { call: { ...ended, state: 'wrapping-up' }, effects };
};

const setFlow =
  (state: 'active' | 'held') =>
  (call: CallIn<'active' | 'held'>, _event: CallEvent, now: number): CallStep => {
    const { media } = call;
    const flow = state === 'active' ? 'open' : 'held';
    return {
      call: { ...answered(call), state, since: now },
      effects: media.state === 'open' ? [{ type: 'set-flow', sfuId: media.sfuId, epoch: media.epoch, flow }] : [],
    };
  };

const mediaFlowing: Rule<'connecting', 'media-flowing'> = (call, { side, epoch }, now) => {
  if (epoch !== call.media.epoch || call.flowing[side]) return same(call);
  const flowing = { ...call.flowing, [side]: true };
  if (flowing.kiosk && flowing.agent) return { call: { ...answered(call), state: 'active', since: now }, effects: [] };
  return { call: { ...call, flowing }, effects: [] };
};

/** What a kiosk's call takes in every state: the kiosk comes and goes, the room comes and goes, the desk restarts. */
const inEveryLiveState = {
  'kiosk-left': (call: LiveCall, _event: CallEvent, now: number): CallStep =>
    call.kioskPresence.present
      ? { call: { ...call, kioskPresence: { present: false, since: now } }, effects: [] }
      : same(call),
  'kiosk-returned': (call: LiveCall): CallStep =>
    call.kioskPresence.present ? same(call) : { call: { ...call, kioskPresence: { present: true } }, effects: [] },
  'open-room': (call: LiveCall): CallStep => {
    const { media, effects } = openRoom(call);
    return { call: media === call.media ? call : { ...call, media }, effects };
  },
  'room-opened': (call: LiveCall, event: CallEventOf<'room-opened'>, now: number): CallStep => {
    const { media, effects } = roomOpened(call, event);
    if (media === call.media) return { call, effects };
    // Both sides join the new room, so what flowed in an earlier one says nothing.
    if (call.state === 'connecting') {
      return { call: { ...call, media, since: now, flowing: { kiosk: false, agent: false } }, effects };
    }
    return { call: { ...call, media }, effects };
  },
  'room-lost': (call: LiveCall, event: CallEventOf<'room-lost'>): CallStep => {
    const media = roomLost(call.media, event);
    return media === call.media ? same(call) : { call: { ...call, media }, effects: [] };
  },
  'desk-restarted': (call: LiveCall, _event: CallEvent, now: number): CallStep => {
    const absent = { present: false, since: now } as const;
    const media = afterRestart(call.media);
    if (isWaiting(call)) return { call: { ...call, kioskPresence: absent, media }, effects: [] };
    const since = call.state === 'connecting' ? now : call.since;
    return { call: { ...call, kioskPresence: absent, agentPresence: absent, media, since }, effects: [] };
  },
};

const inEveryAnsweredState = {
  ...inEveryLiveState,
  'agent-left': (call: AnsweredCall, _event: CallEvent, now: number): CallStep =>
    call.agentPresence.present
      ? { call: { ...call, agentPresence: { present: false, since: now } }, effects: [] }
      : same(call),
  'agent-returned': (call: AnsweredCall): CallStep =>
    call.agentPresence.present ? same(call) : { call: { ...call, agentPresence: { present: true } }, effects: [] },
  'agent-lost': toHead,
  end,
};

/** What each state accepts. A pair that is absent is an illegal transition. */
const rules: Rules = {
  queued: { ...inEveryLiveState, offer, end },
  offered: {
    ...inEveryLiveState,
    accept,
    decline: takenBack('declined'),
    'offer-expired': takenBack('no-answer'),
    'offer-lost': takenBack('agent-lost'),
    end,
  },
  connecting: { ...inEveryAnsweredState, 'media-flowing': mediaFlowing, 'media-timed-out': mediaTimedOut },
  active: { ...inEveryAnsweredState, hold: setFlow('held'), 'media-flowing': same },
  held: { ...inEveryAnsweredState, resume: setFlow('active'), 'media-flowing': same },
  'wrapping-up': {
    'finish-wrap-up': (call) => ({
      call: { ...factsOf(call), state: 'closed', reason: call.reason, endedAt: call.endedAt },
      effects: [],
    }),
  },
  closed: {},
};

/**
 * Decides what an event does to a call. Performs nothing: the desk performs the effects. An event that changes nothing
 * gives the very same call back.
 *
 * @param now desk time in milliseconds
 * @throws AssistError `call-state` when the state does not accept the event
 */
export function step(call: Call, event: CallEvent, now: number): CallStep {
  // The lookup loses the link between state and event type that Rules guarantees for each entry.
  const rule = rules[call.state][event.type] as ((c: Call, e: CallEvent, n: number) => CallStep) | undefined;
  if (!rule) throw new AssistError('call-state', `a call that is ${call.state} cannot take "${event.type}"`);
  const stepped = rule(call, event, now);
  if (stepped.call === call) return stepped;
  return { call: { ...stepped.call, version: call.version + 1 }, effects: stepped.effects };
}
