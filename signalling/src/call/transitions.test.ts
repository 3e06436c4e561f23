import type { CallId, KioskId, ServiceCode, SfuId, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import type { Call, CallEvent, CallEventType, CallIn, CallState, LiveCall } from './call.ts';
import { agentOf, factsOf, requestedCall } from './call.ts';
import { step } from './transitions.ts';

const now = 1_000_000;
const text = { 'zh-CN': '社保', en: 'Social security' };
const agent = { staffId: 'agent1' as StaffId, displayName: 'Lin', number: '007' };
const here = { present: true } as const;
const away = { present: false, since: 500 } as const;
const sfuId = 'sfu-1' as SfuId;
const open = { state: 'open', epoch: 1, sfuId } as const;

const queued = requestedCall(
  {
    callId: 'call-1' as CallId,
    kiosk: { kioskId: 'kiosk-1' as KioskId, name: 'K1', site: 'Hall', region: 'r1' },
    service: { code: 's1' as ServiceCode, name: text, department: text, guide: text, skills: ['a'], priority: 2 },
    language: 'zh-CN',
    consent: { version: 'v1', language: 'zh-CN' },
    devices: { camera: true, microphone: false },
    rank: 900,
    arrival: 7,
  },
  now,
);
const live = { ...factsOf(queued), kioskPresence: here, media: open };
const answered = { ...live, agent, agentPresence: here, offeredAt: 100, acceptedAt: 200, since: 300 };
const ended = { ...factsOf(queued), reason: 'agent-ended', endedAt: 400 } as const;
const calls: { [State in CallState]: CallIn<State> } = {
  queued: { ...live, returned: false, state: 'queued' },
  offered: { ...live, returned: false, state: 'offered', agent, offeredAt: 100, expiresAt: 20_100 },
  connecting: { ...answered, state: 'connecting', flowing: { kiosk: false, agent: false } },
  active: { ...answered, state: 'active' },
  held: { ...answered, state: 'held' },
  'wrapping-up': { ...ended, state: 'wrapping-up', agent, offeredAt: 100, acceptedAt: 200, endsAt: 60_400 },
  closed: { ...ended, state: 'closed' },
};
const liveStates = ['queued', 'offered', 'connecting', 'active', 'held'] as const;
const answeredStates = ['connecting', 'active', 'held'] as const;
const waitingStates = ['queued', 'offered'] as const;

const events: { [Type in CallEventType]: Extract<CallEvent, { type: Type }> } = {
  offer: { type: 'offer', agent, expiresAt: now + 20_000 },
  accept: { type: 'accept' },
  decline: { type: 'decline' },
  'offer-expired': { type: 'offer-expired' },
  'offer-lost': { type: 'offer-lost' },
  hold: { type: 'hold' },
  resume: { type: 'resume' },
  end: { type: 'end', reason: 'resident-ended', wrapUpEndsAt: now + 60_000 },
  'finish-wrap-up': { type: 'finish-wrap-up' },
  'kiosk-left': { type: 'kiosk-left' },
  'kiosk-returned': { type: 'kiosk-returned' },
  'agent-left': { type: 'agent-left' },
  'agent-returned': { type: 'agent-returned' },
  'agent-lost': { type: 'agent-lost', headRank: -1 },
  'media-timed-out': { type: 'media-timed-out', headRank: -1 },
  'open-room': { type: 'open-room' },
  'room-opened': { type: 'room-opened', sfuId, epoch: 2 },
  'room-lost': { type: 'room-lost', epoch: 1, retryAt: now },
  'media-flowing': { type: 'media-flowing', side: 'kiosk', epoch: 1 },
  'desk-restarted': { type: 'desk-restarted' },
};

/** The state that each legal pair leads to; every other pair is illegal. */
const inLive = ['kiosk-left', 'kiosk-returned', 'open-room', 'room-opened', 'room-lost', 'desk-restarted'] as const;
const inAnswered = [...inLive, 'agent-left', 'agent-returned', 'media-flowing'] as const;
const stays = <State extends CallState>(state: State, types: readonly CallEventType[]) =>
  Object.fromEntries(types.map((type) => [type, state]));
const leadsTo: { [State in CallState]: { [Type in CallEventType]?: CallState } } = {
  queued: { ...stays('queued', inLive), offer: 'offered', end: 'closed' },
  offered: {
    ...stays('offered', inLive),
    accept: 'connecting',
    decline: 'queued',
    'offer-expired': 'queued',
    'offer-lost': 'queued',
    end: 'closed',
  },
  connecting: {
    ...stays('connecting', inAnswered),
    'agent-lost': 'queued',
    'media-timed-out': 'queued',
    end: 'wrapping-up',
  },
  active: { ...stays('active', inAnswered), hold: 'held', 'agent-lost': 'queued', end: 'wrapping-up' },
  held: { ...stays('held', inAnswered), resume: 'active', 'agent-lost': 'queued', end: 'wrapping-up' },
  'wrapping-up': { 'finish-wrap-up': 'closed' },
  closed: {},
};

/** The facts of each state, beyond those that every call has. */
const common = Object.keys(factsOf(queued));
const ofLive = [...common, 'state', 'kioskPresence', 'media'];
const ofAnswered = [...ofLive, 'agent', 'agentPresence', 'offeredAt', 'acceptedAt', 'since'];
const factsIn: { [State in CallState]: string[] } = {
  queued: [...ofLive, 'returned'],
  offered: [...ofLive, 'returned', 'agent', 'offeredAt', 'expiresAt'],
  connecting: [...ofAnswered, 'flowing'],
  active: ofAnswered,
  held: ofAnswered,
  'wrapping-up': [...common, 'state', 'reason', 'endedAt', 'agent', 'offeredAt', 'acceptedAt', 'endsAt'],
  closed: [...common, 'state', 'reason', 'endedAt'],
};

const states = Object.keys(calls) as CallState[];
const types = Object.keys(events) as CallEventType[];
const pairs = states.flatMap((state) => types.map((type) => ({ state, type, target: leadsTo[state][type] })));
const legal = pairs.filter(({ target }) => target);
const illegal = pairs.filter(({ target }) => !target);

describe('every state and every event', () => {
  it.each(legal)('[CALL-2] [CALL-3] $state takes $type: $target', ({ state, type, target }) => {
    const before = calls[state];
    const { call } = step(before, events[type], now);
    expect(call.state).toBe(target);
    expect(Object.keys(call).sort()).toEqual([...factsIn[call.state]].sort());
    expect(call.version).toBe(call === before ? before.version : before.version + 1);
  });

  it.each(illegal)('[CALL-4] $state refuses $type', ({ state, type }) => {
    expect(() => step(calls[state], events[type], now)).toThrow(expect.objectContaining({ code: 'call-state' }));
  });
});

describe('states', () => {
  it('[CALL-1] a requested call is queued, with version 1 and its kiosk present', () => {
    expect(queued).toMatchObject({
      state: 'queued',
      version: 1,
      requestedAt: now,
      kioskPresence: here,
      returned: false,
    });
    expect(queued.media).toEqual({ state: 'none', epoch: 0 });
    expect(agentOf(queued)).toBeUndefined();
  });

  it.each(waitingStates)('[CALL-5] a call that is %s is closed for the reason of its end', (state) => {
    const { call } = step(calls[state], { type: 'end', reason: 'resident-cancelled', wrapUpEndsAt: 0 }, now);
    expect(call).toMatchObject({ state: 'closed', reason: 'resident-cancelled', endedAt: now });
  });
});

describe('offers', () => {
  it.each([
    ['decline', 'declined'],
    ['offer-expired', 'no-answer'],
    ['offer-lost', 'agent-lost'],
  ] as const)('[CALL-6] [CALL-7] %s puts it back to its old place and releases the agent: %s', (type, reason) => {
    const { call, effects } = step(calls.offered, { type }, now);
    expect(call).toMatchObject({ state: 'queued', rank: 900, arrival: 7, returned: false });
    expect(effects).toEqual([
      { type: 'remove-peer', sfuId, staffId: agent.staffId },
      { type: 'release', staffId: agent.staffId, reason },
    ]);
  });

  it.each([
    ['kiosk-lost', 'kiosk-lost'],
    ['resident-cancelled', 'cancelled'],
    ['kiosk-revoked', 'cancelled'],
  ] as const)('[CALL-8] an end for %s while it rings releases the agent: %s', (reason, released) => {
    const { effects } = step(calls.offered, { type: 'end', reason, wrapUpEndsAt: 0 }, now);
    expect(effects).toContainEqual({ type: 'release', staffId: agent.staffId, reason: released });
  });

  it('[CALL-9] an accepted call is connecting and its room lets media through', () => {
    const { call, effects } = step(calls.offered, events.accept, now);
    expect(call).toMatchObject({ state: 'connecting', acceptedAt: now, since: now, agentPresence: here });
    expect(effects).toEqual([{ type: 'set-flow', sfuId, epoch: 1, flow: 'open' }]);
    const withoutRoom = { ...calls.offered, media: { state: 'opening', epoch: 1 } } as const;
    expect(step(withoutRoom, events.accept, now).effects).toEqual([]);
  });
});

describe('connecting', () => {
  it('[CALL-10] a call is active when both sides have reported media', () => {
    const one = step(calls.connecting, { type: 'media-flowing', side: 'agent', epoch: 1 }, now).call;
    expect(one).toMatchObject({ state: 'connecting', flowing: { kiosk: false, agent: true } });
    const both = step(one, { type: 'media-flowing', side: 'kiosk', epoch: 1 }, now + 5).call;
    expect(both).toMatchObject({ state: 'active', since: now + 5 });
  });

  it('[CALL-11] a report under another epoch, or a second one, changes nothing', () => {
    const other = { type: 'media-flowing', side: 'kiosk', epoch: 2 } as const;
    expect(step(calls.connecting, other, now).call).toBe(calls.connecting);
    const once = step(calls.connecting, events['media-flowing'], now).call;
    expect(step(once, events['media-flowing'], now).call).toBe(once);
  });

  it('[CALL-12] without media in time it goes to the head as returned, without its room', () => {
    const { call, effects } = step(calls.connecting, { type: 'media-timed-out', headRank: 5 }, now);
    expect(call).toMatchObject({ state: 'queued', returned: true, rank: 5, failedConnections: 1 });
    expect(call).toMatchObject({ media: { state: 'none', epoch: 1 } });
    expect(effects).toEqual([
      { type: 'close-room', sfuId },
      { type: 'release', staffId: agent.staffId, reason: 'media-failed' },
    ]);
  });

  it('[CALL-13] the third failure in a row closes the call', () => {
    const twice = { ...calls.connecting, failedConnections: 2 };
    const { call } = step(twice, { type: 'media-timed-out', headRank: 5 }, now);
    expect(call).toMatchObject({ state: 'closed', reason: 'media-failed', failedConnections: 3, endedAt: now });
  });
});

describe('in the call', () => {
  it('[CALL-15] holding lets nothing through, resuming does', () => {
    expect(step(calls.active, events.hold, now).effects).toEqual([{ type: 'set-flow', sfuId, epoch: 1, flow: 'held' }]);
    expect(step(calls.held, events.resume, now).effects).toEqual([{ type: 'set-flow', sfuId, epoch: 1, flow: 'open' }]);
  });

  it.each(answeredStates)('[CALL-16] a call that is %s goes to the head when its agent is lost', (state) => {
    const { call, effects } = step(calls[state], { type: 'agent-lost', headRank: 5 }, now);
    expect(call).toMatchObject({ state: 'queued', returned: true, rank: 5, media: open });
    expect(effects).toEqual([
      { type: 'set-flow', sfuId, epoch: 1, flow: 'prepared' },
      { type: 'remove-peer', sfuId, staffId: agent.staffId },
      { type: 'release', staffId: agent.staffId, reason: 'agent-lost' },
    ]);
  });

  it.each(answeredStates)('[CALL-17] a call that is %s is wrapped up when it ends, without its room', (state) => {
    const { call, effects } = step(calls[state], events.end, now);
    expect(call).toMatchObject({ state: 'wrapping-up', reason: 'resident-ended', endedAt: now, endsAt: now + 60_000 });
    expect(effects).toEqual([{ type: 'close-room', sfuId }]);
  });

  it('[CALL-18] a finished wrap-up keeps reason and end', () => {
    const { call } = step(calls['wrapping-up'], events['finish-wrap-up'], now);
    expect(call).toMatchObject({ state: 'closed', reason: 'agent-ended', endedAt: 400 });
  });
});

describe('presence', () => {
  it.each(liveStates)('[CALL-19] a kiosk that leaves a call that is %s is absent since then', (state) => {
    const left = step(calls[state], events['kiosk-left'], now).call as LiveCall;
    expect(left.kioskPresence).toEqual({ present: false, since: now });
    expect(step(left, events['kiosk-left'], now + 9).call).toBe(left);
    expect(step(left, events['kiosk-returned'], now + 9).call).toMatchObject({ kioskPresence: here });
  });

  it.each(answeredStates)('[CALL-19] an agent who leaves a call that is %s is absent since then', (state) => {
    const left = step(calls[state], events['agent-left'], now).call;
    expect(left).toMatchObject({ agentPresence: { present: false, since: now } });
    expect(step(left, events['agent-left'], now + 9).call).toBe(left);
    expect(step(left, events['agent-returned'], now + 9).call).toMatchObject({ agentPresence: here });
  });

  it.each(liveStates)('[CALL-20] a restart takes everybody in a call that is %s for absent', (state) => {
    const before = { ...calls[state], kioskPresence: away, media: { state: 'opening', epoch: 3 } } as Call;
    const { call } = step(before, events['desk-restarted'], now);
    expect(call).toMatchObject({
      kioskPresence: { present: false, since: now },
      media: { state: 'none', epoch: 3 },
      ...('agentPresence' in before ? { agentPresence: { present: false, since: now } } : {}),
      ...('since' in before ? { since: state === 'connecting' ? now : 300 } : {}),
    });
  });
});
