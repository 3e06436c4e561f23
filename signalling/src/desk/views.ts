import {
  type AgentCallView,
  type AgentDesk,
  type AgentView,
  type Availability,
  type KioskCallView,
  type KioskId,
  type ServiceItemView,
  type StaffId,
  toKioskEndReason,
  type WaitingCallView,
} from '@bangban/protocol';
import { type Agent, callIdOf } from '../agents/agent.ts';
import {
  type AnsweredCall,
  agentOf,
  type Call,
  type MediaFacts,
  type ServiceItem,
  type WaitingCall,
} from '../call/call.ts';
import type { DeskState, EndedCall } from './desk-state.ts';
import type { Forecast } from './forecast.ts';

/** Live state as each audience may see it. Made when somebody is told, never stored. */
export type Views = ReturnType<typeof createViews>;

/** @param closedViewMs how long a kiosk may still ask how its last call ended */
export function createViews(state: DeskState, forecast: Forecast, closedViewMs: number) {
  const waitingAtKiosk = (call: WaitingCall, now: number): KioskCallView => {
    const position = forecast.positionOf(call);
    return {
      ...kioskFacts(call, now),
      state: 'queued',
      position,
      estimate: forecast.estimateOf(call, position, now),
      ringing: call.state === 'offered',
      returned: call.returned,
      media: mediaView(call.media),
    };
  };

  return {
    /** The call that the kiosk takes part in, else how its last one ended while that is news. */
    kioskCall(kioskId: KioskId, now: number): KioskCallView | null {
      const call = state.callOfKiosk(kioskId);
      if (call) return this.kioskView(call, now);
      const ended = state.ended.get(kioskId);
      return ended && now - ended.endedAt < closedViewMs ? endedAtKiosk(ended, now) : null;
    },

    kioskView(call: Call, now: number): KioskCallView {
      switch (call.state) {
        case 'queued':
        case 'offered':
          return waitingAtKiosk(call, now);
        case 'connecting':
        case 'active':
        case 'held':
          return answeredAtKiosk(call, now);
        case 'wrapping-up':
        case 'closed':
          return endedAtKiosk(call, now);
      }
    },

    /** Null while nobody is answering or wrapping up. */
    agentCall: agentCallView,

    agentDesk(staffId: StaffId, now: number): AgentDesk {
      const agent = state.agents.get(staffId);
      if (!agent || agent.state === 'offline') return { agent: null, call: null };
      const callId = callIdOf(agent);
      const call = callId && state.calls.get(callId);
      return { agent: agentView(agent, now), call: call ? agentCallView(call, now) : null };
    },

    agentView,

    waitingLine(call: WaitingCall, now: number): WaitingCallView {
      return {
        ...staffFacts(call, now),
        position: forecast.positionOf(call),
        ringing: call.state === 'offered',
        kioskPresent: call.kioskPresence.present,
      };
    },
  };
}

function agentView({ profile, version, ...agent }: Agent, now: number): AgentView {
  const { staffId, displayName, number } = profile;
  return { staffId, displayName, number, version, now, availability: availabilityOf(agent) };
}

type Standing = Agent extends infer Each ? (Each extends Agent ? Omit<Each, 'profile' | 'version'> : never) : never;

function availabilityOf(agent: Standing): Availability {
  switch (agent.state) {
    case 'offline':
      return { state: 'offline' };
    case 'away':
      return { state: 'away', reason: agent.reason, since: agent.since };
    case 'available':
      return { state: 'available', since: agent.since };
    case 'offered':
    case 'busy':
      return { state: agent.state, callId: agent.callId, since: agent.since };
    case 'wrapping-up':
      return { state: 'wrapping-up', callId: agent.callId, since: agent.since, endsAt: agent.endsAt };
  }
}

function agentCallView(call: Call, now: number): AgentCallView | null {
  if (!agentOf(call)) return null;
  const facts = staffFacts(call, now);
  const { devices: residentDevices } = call;
  switch (call.state) {
    case 'queued':
    case 'closed':
      return null;
    case 'wrapping-up': {
      const { reason, endedAt, endsAt } = call;
      return { ...facts, residentDevices, kioskPresent: false, state: 'wrapping-up', reason, endedAt, endsAt };
    }
    default: {
      const shared = {
        ...facts,
        residentDevices,
        kioskPresent: call.kioskPresence.present,
        media: mediaView(call.media),
      };
      if (call.state === 'offered') {
        return { ...shared, state: 'offered', offeredAt: call.offeredAt, expiresAt: call.expiresAt };
      }
      if (call.state === 'connecting') return { ...shared, state: 'connecting', acceptedAt: call.acceptedAt };
      return { ...shared, state: call.state, since: call.since };
    }
  }
}

function answeredAtKiosk(call: AnsweredCall, now: number): KioskCallView {
  const { displayName, number } = call.agent;
  const shared = { ...kioskFacts(call, now), agent: { displayName, number }, media: mediaView(call.media) };
  if (call.state === 'connecting') return { ...shared, state: 'connecting' };
  return { ...shared, state: call.state, agentPresent: call.agentPresence.present, since: call.since };
}

function endedAtKiosk(call: EndedCall, now: number): KioskCallView {
  return { ...kioskFacts(call, now), state: 'closed', reason: toKioskEndReason(call.reason) };
}

const kioskFacts = (call: Call, now: number) => ({
  callId: call.callId,
  version: call.version,
  now,
  service: serviceView(call.service),
});

const staffFacts = (call: Call, now: number) => ({
  ...kioskFacts(call, now),
  kiosk: call.kiosk,
  language: call.language,
  priority: call.service.priority,
  requestedAt: call.requestedAt,
});

const serviceView = ({ code, name, department, guide }: ServiceItem): ServiceItemView => ({
  code,
  name,
  department,
  guide,
});

const mediaView = (media: MediaFacts) => (media.state === 'open' ? { epoch: media.epoch } : null);
