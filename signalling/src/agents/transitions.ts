import { AssistError, type AwayReason } from '@bangban/protocol';
import type { Agent, AgentEvent, AgentEventOf, AgentEventType, AgentIn, AgentState, SignedInAgent } from './agent.ts';

/*
 *            arrived           set-available            offered            accepted         call-ended
 *  offline ──────────▶ away ────────────────▶ available ───────▶ offered ──────────▶ busy ─────────────▶ wrapping-up
 *     ▲                 ▲ ▲ ◀──── set-away ────┘  ▲  ▲  │            │                 │                      │
 *     │                 │ └── offer-refused, left ┼──┼──┼────────────┤                 │                      │
 *     │                 │                         │  └──┼─ offer-withdrawn             │                      │
 *     │                 └───── media-failed ──────┼─────┼──────────────────────────────┤                      │
 *     │                                           └─────┼───────── freed ──────────────┴──────────────────────┘
 *     └── lost (grace over; in a call: the call went on without them), signed-out ──── from every state
 *
 *  An agent whose connection is gone is never available by itself: freed while gone leads to offline.
 */

type Rule<State extends AgentState, Type extends AgentEventType> = (
  agent: AgentIn<State>,
  event: AgentEventOf<Type>,
  now: number,
) => Agent;
type Rules = { [State in AgentState]: { [Type in AgentEventType]?: Rule<State, Type> } };

const signedIn = ({ profile, version, connection }: SignedInAgent) => ({ profile, version, connection });

const away = (agent: SignedInAgent, reason: AwayReason, now: number): AgentIn<'away'> => ({
  ...signedIn(agent),
  state: 'away',
  reason,
  since: now,
});

const offline = ({ profile, version }: Agent, returnsAs: AgentIn<'offline'>['returnsAs']): AgentIn<'offline'> => ({
  profile,
  version,
  state: 'offline',
  returnsAs,
});

const left = (agent: SignedInAgent, _event: AgentEvent, now: number): Agent =>
  agent.connection.present ? { ...agent, connection: { present: false, since: now } } : agent;

const freed = (agent: SignedInAgent, _event: AgentEvent, now: number): Agent =>
  agent.connection.present ? { ...signedIn(agent), state: 'available', since: now } : offline(agent, 'connection-lost');

const inEverySignedInState = {
  arrived: (agent: SignedInAgent, { profile }: AgentEventOf<'arrived'>): Agent =>
    agent.connection.present && isSameProfile(agent.profile, profile)
      ? agent
      : { ...agent, profile, connection: { present: true } },
  left,
  lost: (agent: SignedInAgent): Agent => offline(agent, 'connection-lost'),
  'signed-out': (agent: SignedInAgent): Agent => offline(agent, 'signed-in'),
  'desk-restarted': (agent: SignedInAgent, _event: AgentEvent, now: number): Agent => ({
    ...agent,
    connection: { present: false, since: now },
  }),
};

/** What each state accepts. A pair that is absent is an illegal transition. */
const rules: Rules = {
  offline: {
    arrived: (agent, { profile }, now) => ({
      profile,
      version: agent.version,
      connection: { present: true },
      state: 'away',
      reason: agent.returnsAs,
      since: now,
    }),
    // A console that closes after it signed out is no news.
    left: (agent) => agent,
    'signed-out': (agent) => (agent.returnsAs === 'signed-in' ? agent : offline(agent, 'signed-in')),
    'desk-restarted': (agent) => agent,
  },
  away: {
    ...inEverySignedInState,
    'set-available': (agent, _event, now) => ({ ...signedIn(agent), state: 'available', since: now }),
    'set-away': (agent, { reason }, now) => (agent.reason === reason ? agent : away(agent, reason, now)),
  },
  available: {
    ...inEverySignedInState,
    // Saying it twice must not cost the place among those who have been idle longest.
    'set-available': (agent) => agent,
    'set-away': (agent, { reason }, now) => away(agent, reason, now),
    offered: (agent, { callId }, now) => ({
      ...signedIn(agent),
      state: 'offered',
      callId,
      since: now,
      idleSince: agent.since,
    }),
  },
  offered: {
    ...inEverySignedInState,
    left: (agent, _event, now) =>
      away({ ...agent, connection: { present: false, since: now } }, 'connection-lost', now),
    'offer-withdrawn': (agent) => ({ ...signedIn(agent), state: 'available', since: agent.idleSince }),
    'offer-refused': (agent, { reason }, now) =>
      away(agent, agent.connection.present ? reason : 'connection-lost', now),
    accepted: (agent, _event, now) => ({ ...signedIn(agent), state: 'busy', callId: agent.callId, since: now }),
  },
  busy: {
    ...inEverySignedInState,
    'call-ended': (agent, { endsAt }, now) => ({
      ...signedIn(agent),
      state: 'wrapping-up',
      callId: agent.callId,
      since: now,
      endsAt,
    }),
    freed,
    'media-failed': (agent, _event, now) =>
      agent.connection.present ? away(agent, 'media-failed', now) : offline(agent, 'connection-lost'),
  },
  'wrapping-up': { ...inEverySignedInState, freed },
};

/**
 * Decides what an event does to an agent. An event that changes nothing gives the very same agent back.
 *
 * @param now desk time in milliseconds
 * @throws AssistError `agent-state` when the state does not accept the event
 */
export function stepAgent(agent: Agent, event: AgentEvent, now: number): Agent {
  // The lookup loses the link between state and event type that Rules guarantees for each entry.
  const rule = rules[agent.state][event.type] as ((a: Agent, e: AgentEvent, n: number) => Agent) | undefined;
  if (!rule) throw new AssistError('agent-state', `an agent who is ${agent.state} cannot take "${event.type}"`);
  const stepped = rule(agent, event, now);
  return stepped === agent ? agent : { ...stepped, version: agent.version + 1 };
}

function isSameProfile(left: Agent['profile'], right: Agent['profile']): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
