import { AssistError } from '@bangban/protocol';
import { graceEndsAt } from '../agents/grace.ts';
import { seekAgentFor, seekCallFor } from './assignment.ts';
import { closeWrapUp, returnToHead } from './calls.ts';
import type { Decisions } from './deciding.ts';
import { takeBack } from './offers.ts';

/** Kiosks and agents come and go. */
export const presenceDecisions = {
  'kiosk-present'(desk, { kioskId }) {
    const call = desk.turn.state.callOfKiosk(kioskId);
    if (!call) return null;
    desk.turn.stepCall(call.callId, { type: 'kiosk-returned' });
    seekAgentFor(desk, call.callId);
    return null;
  },

  'kiosk-absent'({ turn }, { kioskId }) {
    const call = turn.state.callOfKiosk(kioskId);
    if (call) turn.stepCall(call.callId, { type: 'kiosk-left' });
    return null;
  },

  'agent-present'(desk, { agent: profile }) {
    const { turn, views } = desk;
    const agent = turn.welcomeAgent(profile);
    if (agent.state === 'busy') turn.stepCall(agent.callId, { type: 'agent-returned' });
    seekCallFor(desk, profile.staffId);
    return views.agentView(turn.agent(profile.staffId), turn.now);
  },

  'agent-absent'(desk, { staffId }) {
    const { turn } = desk;
    const agent = turn.state.agents.get(staffId);
    if (!agent) return null;
    turn.stepAgent(staffId, { type: 'left' });
    if (agent.state === 'offered') takeBack(desk, agent.callId);
    if (agent.state === 'busy') turn.stepCall(agent.callId, { type: 'agent-left' });
    return null;
  },

  'agent-signed-out'(desk, { staffId }) {
    const { turn } = desk;
    const agent = turn.state.agents.get(staffId);
    if (!agent) return null;
    if (agent.state === 'wrapping-up') closeWrapUp(desk, agent.callId);
    turn.stepAgent(staffId, { type: 'signed-out' });
    if (agent.state === 'offered') takeBack(desk, agent.callId);
    if (agent.state === 'busy') returnToHead(desk, agent.callId);
    return null;
  },

  'set-availability'(desk, { staffId, availability }) {
    const { turn, views } = desk;
    const before = turn.agent(staffId);
    if (before.state !== 'away' && before.state !== 'available') {
      throw new AssistError('agent-state', `an agent who is ${before.state} cannot choose to be ${availability.state}`);
    }
    if (availability.state === 'away') turn.stepAgent(staffId, { type: 'set-away', reason: availability.reason });
    else turn.stepAgent(staffId, { type: 'set-available' });
    seekCallFor(desk, staffId);
    return views.agentView(turn.agent(staffId), turn.now);
  },

  'agent-due'({ turn, config }, { staffId }) {
    const endsAt = graceEndsAt(turn.agent(staffId), config.agentGraceMs);
    if (endsAt !== undefined && endsAt <= turn.now) turn.stepAgent(staffId, { type: 'lost' });
    return null;
  },
} satisfies Partial<Decisions>;
