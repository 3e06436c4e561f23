import type { CallId, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import type { Agent, AgentEvent, AgentEventType, AgentIn, AgentState } from './agent.ts';
import { callIdOf, isIdle, isOnDuty, unknownAgent } from './agent.ts';
import { graceEndsAt } from './grace.ts';
import { stepAgent } from './transitions.ts';

const now = 5_000;
const callId = 'call-1' as CallId;
const profile = {
  staffId: 'agent1' as StaffId,
  displayName: 'Lin',
  number: '7',
  skills: ['a'],
  languages: ['en'] as const,
};
const facts = { profile, version: 3, connection: { present: true }, since: 1_000 } as const;
const gone = { present: false, since: 4_000 } as const;
const agents: { [State in AgentState]: AgentIn<State> } = {
  offline: { profile, version: 3, state: 'offline', returnsAs: 'signed-in' },
  away: { ...facts, state: 'away', reason: 'meal' },
  available: { ...facts, state: 'available' },
  offered: { ...facts, state: 'offered', callId, idleSince: 400 },
  busy: { ...facts, state: 'busy', callId },
  'wrapping-up': { ...facts, state: 'wrapping-up', callId, endsAt: 9_000 },
};
const events: { [Type in AgentEventType]: Extract<AgentEvent, { type: Type }> } = {
  arrived: { type: 'arrived', profile },
  left: { type: 'left' },
  lost: { type: 'lost' },
  'signed-out': { type: 'signed-out' },
  'set-available': { type: 'set-available' },
  'set-away': { type: 'set-away', reason: 'break' },
  offered: { type: 'offered', callId },
  'offer-withdrawn': { type: 'offer-withdrawn' },
  'offer-refused': { type: 'offer-refused', reason: 'declined' },
  accepted: { type: 'accepted' },
  'call-ended': { type: 'call-ended', endsAt: 65_000 },
  freed: { type: 'freed' },
  'media-failed': { type: 'media-failed' },
  'desk-restarted': { type: 'desk-restarted' },
};
const signedIn = { lost: 'offline', 'signed-out': 'offline' } as const;
const stays = (state: AgentState) => ({ ...signedIn, arrived: state, left: state, 'desk-restarted': state });
/** The state that each legal pair leads to; every other pair is illegal. */
const leadsTo: { [State in AgentState]: { [Type in AgentEventType]?: AgentState } } = {
  offline: { arrived: 'away', left: 'offline', 'signed-out': 'offline', 'desk-restarted': 'offline' },
  away: { ...stays('away'), 'set-available': 'available', 'set-away': 'away' },
  available: { ...stays('available'), 'set-available': 'available', 'set-away': 'away', offered: 'offered' },
  offered: {
    ...stays('offered'),
    left: 'away',
    'offer-withdrawn': 'available',
    'offer-refused': 'away',
    accepted: 'busy',
  },
  busy: { ...stays('busy'), 'call-ended': 'wrapping-up', freed: 'available', 'media-failed': 'away' },
  'wrapping-up': { ...stays('wrapping-up'), freed: 'available' },
};
const ofSignedIn = ['profile', 'version', 'state', 'connection', 'since'];
const factsIn: { [State in AgentState]: string[] } = {
  offline: ['profile', 'version', 'state', 'returnsAs'],
  away: [...ofSignedIn, 'reason'],
  available: ofSignedIn,
  offered: [...ofSignedIn, 'callId', 'idleSince'],
  busy: [...ofSignedIn, 'callId'],
  'wrapping-up': [...ofSignedIn, 'callId', 'endsAt'],
};
const states = Object.keys(agents) as AgentState[];
const pairs = states.flatMap((state) =>
  (Object.keys(events) as AgentEventType[]).map((type) => ({ state, type, target: leadsTo[state][type] })),
);
const legal = pairs.filter(({ target }) => target);
const illegal = pairs.filter(({ target }) => !target);

describe('every state and every event', () => {
  it.each(legal)('[AGENT-2] $state takes $type: $target', ({ state, type, target }) => {
    const before: Agent = agents[state];
    const after = stepAgent(before, events[type], now);
    expect(after.state).toBe(target);
    expect(Object.keys(after).sort()).toEqual([...factsIn[after.state]].sort());
    expect(after.version).toBe(after === before ? 3 : 4);
  });

  it.each(illegal)('[AGENT-3] $state refuses $type', ({ state, type }) => {
    expect(() => stepAgent(agents[state], events[type], now)).toThrow(expect.objectContaining({ code: 'agent-state' }));
  });

  it.each(states)('[AGENT-13] signing out leads from %s to offline', (state) => {
    expect(stepAgent(agents[state], events['signed-out'], now)).toMatchObject({
      state: 'offline',
      returnsAs: 'signed-in',
    });
  });
});

describe('availability', () => {
  it('[AGENT-1] who signs in is away, with what happened last', () => {
    expect(stepAgent(unknownAgent(profile), events.arrived, now)).toMatchObject({ state: 'away', reason: 'signed-in' });
    const lost = stepAgent(agents.available, events.lost, now);
    expect(stepAgent(lost, events.arrived, now)).toMatchObject({ state: 'away', reason: 'connection-lost' });
  });

  it('[AGENT-1] a newer profile is taken over', () => {
    const skills = ['a', 'b'];
    const arrived = { type: 'arrived', profile: { ...profile, skills } } as const;
    expect(stepAgent(agents.busy, arrived, now)).toMatchObject({ state: 'busy', profile: { skills } });
  });

  it('[AGENT-4] becoming available starts the idle time; saying it again does not', () => {
    expect(stepAgent(agents.away, events['set-available'], now)).toMatchObject({ state: 'available', since: now });
    expect(stepAgent(agents.available, events['set-available'], now)).toBe(agents.available);
  });

  it('[AGENT-5] a withdrawn offer leaves the agent idle since before', () => {
    const offered = stepAgent(agents.available, events.offered, now);
    expect(stepAgent(offered, events['offer-withdrawn'], now + 9)).toMatchObject({ state: 'available', since: 1_000 });
  });

  it.each(['declined', 'no-answer'] as const)('[AGENT-6] %s sets the agent away with that reason', (reason) => {
    expect(stepAgent(agents.offered, { type: 'offer-refused', reason }, now)).toMatchObject({ state: 'away', reason });
  });

  it('[AGENT-7] a connection lost while it rings sets the agent away', () => {
    const left = stepAgent(agents.offered, events.left, now);
    expect(left).toMatchObject({
      state: 'away',
      reason: 'connection-lost',
      connection: { present: false, since: now },
    });
    const absent = { ...agents.offered, connection: gone };
    expect(stepAgent(absent, events['offer-refused'], now)).toMatchObject({ state: 'away', reason: 'connection-lost' });
  });

  it('[AGENT-9] after the wrap-up the agent is available, or offline without a connection', () => {
    expect(stepAgent(agents['wrapping-up'], events.freed, now)).toMatchObject({ state: 'available', since: now });
    const absent = { ...agents['wrapping-up'], connection: gone };
    expect(stepAgent(absent, events.freed, now)).toMatchObject({ state: 'offline', returnsAs: 'connection-lost' });
  });

  it('[AGENT-10] an agent whose media failed is away, or offline without a connection', () => {
    expect(stepAgent(agents.busy, events['media-failed'], now)).toMatchObject({
      state: 'away',
      reason: 'media-failed',
    });
    const absent = { ...agents.busy, connection: gone };
    expect(stepAgent(absent, events['media-failed'], now)).toMatchObject({ state: 'offline' });
  });
});

describe('connection', () => {
  it.each(states)('[AGENT-8] without a connection, %s has a grace only where there is no call', (state) => {
    const absent: Agent = state === 'offline' ? agents.offline : { ...agents[state], connection: gone };
    const isGraced = state === 'away' || state === 'available';
    expect(graceEndsAt(absent, 10_000)).toBe(isGraced ? 14_000 : undefined);
    expect(graceEndsAt(agents[state], 10_000)).toBeUndefined();
  });

  it('[AGENT-8] leaving again does not move the time', () => {
    const left = stepAgent(agents.available, events.left, now);
    expect(stepAgent(left, events.left, now + 9)).toBe(left);
  });

  it.each(states)('[AGENT-12] a restart leaves %s as it is, without a connection', (state) => {
    const after = stepAgent(agents[state], events['desk-restarted'], now);
    const connection = { present: false, since: now };
    expect(after).toEqual(state === 'offline' ? agents.offline : { ...agents[state], connection, version: 4 });
  });

  it('[AGENT-11] only who is available and connected is idle; away and offline are off duty', () => {
    expect(states.filter((state) => isIdle(agents[state]))).toEqual(['available']);
    expect(isIdle({ ...agents.available, connection: gone })).toBe(false);
    expect(states.filter((state) => isOnDuty(agents[state]))).toEqual(['available', 'offered', 'busy', 'wrapping-up']);
    expect(states.filter((state) => callIdOf(agents[state]))).toEqual(['offered', 'busy', 'wrapping-up']);
  });
});
