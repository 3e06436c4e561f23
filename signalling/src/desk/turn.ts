import {
  AssistError,
  type CallId,
  type KioskId,
  type ReleaseReason,
  type ServiceCode,
  type StaffId,
} from '@bangban/protocol';
import { type Agent, type AgentEvent, type AgentProfile, unknownAgent } from '../agents/agent.ts';
import { stepAgent } from '../agents/transitions.ts';
import { agentOf, type Call, type CallEffect, type CallEvent, type CallIn, isWaiting } from '../call/call.ts';
import { eventFacts, requestFacts } from '../call/timeline.ts';
import { step } from '../call/transitions.ts';
import { learn } from '../queue/handling-time.ts';
import type { DeskState } from './desk-state.ts';
import type { TimelineEvent } from './desk-store.ts';

/** What is to be done once the turn is durable, in order. */
export type DeskEffect =
  | { type: 'tell-kiosk'; kioskId: KioskId }
  | { type: 'tell-agent'; staffId: StaffId }
  | { type: 'tell-agent-call'; staffId: StaffId; callId: CallId }
  | { type: 'released'; staffId: StaffId; callId: CallId; version: number; reason: ReleaseReason }
  | { type: 'media'; callId: CallId; effect: Exclude<CallEffect, { type: 'release' }> };

/**
 * The decisions of one turn of the desk, made on live state and written down: which calls and agents changed, what
 * happened to them, and what is to be done about it. Decisions do nothing else: no clock, no timer, no socket, no store.
 */
export class Turn {
  readonly state: DeskState;
  readonly now: number;
  readonly calls = new Set<CallId>();
  readonly closed = new Map<CallId, CallIn<'closed'>>();
  readonly agents = new Set<StaffId>();
  readonly handlingTimes = new Set<ServiceCode>();
  /** Calls whose line in the waiting list is no longer right. */
  readonly waitingLines = new Set<CallId>();
  readonly timeline: TimelineEvent[] = [];
  readonly effects: DeskEffect[] = [];
  #undo: (() => void)[] = [];

  /** @param now desk time, the same for all decisions of the turn */
  constructor(state: DeskState, now: number) {
    this.state = state;
    this.now = now;
  }

  get isEmpty(): boolean {
    return this.timeline.length === 0 && this.agents.size === 0 && this.effects.length === 0;
  }

  /** Makes one decision: all of it or, when it throws, nothing of it. */
  decide<Result>(decision: () => Result): Result {
    const { length: events } = this.timeline;
    const { length: effects } = this.effects;
    this.#undo = [];
    try {
      return decision();
    } catch (error) {
      // What was marked as changed may stay marked: it is written as it is.
      for (const undo of this.#undo.reverse()) undo();
      this.timeline.length = events;
      this.effects.length = effects;
      throw error;
    }
  }

  /** @throws AssistError `not-found` */
  call(callId: CallId): Call {
    const call = this.state.calls.get(callId);
    if (!call) throw new AssistError('not-found', `there is no call ${callId}`);
    return call;
  }

  /** @throws AssistError `not-found` */
  agent(staffId: StaffId): Agent {
    const agent = this.state.agents.get(staffId);
    if (!agent) throw new AssistError('not-found', `there is no agent ${staffId}`);
    return agent;
  }

  addCall(call: Call): void {
    this.state.putCall(call);
    this.#undo.push(() => {
      this.state.removeCall(call);
      this.calls.delete(call.callId);
    });
    this.#record(call, 'requested', requestFacts(call));
    this.waitingLines.add(call.callId);
  }

  stepCall(callId: CallId, event: CallEvent): Call {
    const before = this.call(callId);
    const { call, effects } = step(before, event, this.now);
    this.#perform(callId, call, effects);
    if (call === before) return call;
    this.#put(before, call);
    this.#record(call, event.type, eventFacts(event, call));
    if (lineOf(before) !== lineOf(call)) this.waitingLines.add(callId);
    this.#tell(before, call);
    return call;
  }

  stepAgent(staffId: StaffId, event: AgentEvent): Agent {
    const before = this.agent(staffId);
    const agent = stepAgent(before, event, this.now);
    if (agent === before) return agent;
    this.#putAgent(before, agent);
    return agent;
  }

  /** An agent's console is connected; they may never have been seen before. */
  welcomeAgent(profile: AgentProfile): Agent {
    const before = this.state.agents.get(profile.staffId) ?? unknownAgent(profile);
    const agent = stepAgent(before, { type: 'arrived', profile }, this.now);
    if (agent !== before) this.#putAgent(before, agent);
    return agent;
  }

  learnHandlingTime(serviceCode: ServiceCode, durationMs: number): void {
    const before = this.state.handlingTime(serviceCode);
    this.state.handlingTimes.set(serviceCode, learn(before, durationMs));
    this.#undo.push(() => this.state.handlingTimes.set(serviceCode, before));
    this.handlingTimes.add(serviceCode);
  }

  #put(before: Call, call: Call): void {
    const endedBefore = this.state.ended.get(call.kiosk.kioskId);
    this.state.putCall(call);
    if (call.state === 'closed') this.closed.set(call.callId, call);
    this.#undo.push(() => {
      this.closed.delete(call.callId);
      if (endedBefore) this.state.ended.set(call.kiosk.kioskId, endedBefore);
      else this.state.ended.delete(call.kiosk.kioskId);
      this.state.putCall(before);
    });
  }

  #putAgent(before: Agent, agent: Agent): void {
    const { staffId } = agent.profile;
    this.state.putAgent(agent);
    this.#undo.push(() => this.state.putAgent(before));
    this.agents.add(staffId);
    this.effects.push({ type: 'tell-agent', staffId });
  }

  #record(call: Call, type: string, facts: TimelineEvent['facts']): void {
    this.calls.add(call.callId);
    this.timeline.push({ callId: call.callId, seq: call.version, at: this.now, type, facts });
  }

  /** Every step is told to both sides, so that each holds the newest version. */
  #tell(before: Call, call: Call): void {
    if (before.state !== 'wrapping-up') this.effects.push({ type: 'tell-kiosk', kioskId: call.kiosk.kioskId });
    const agent = agentOf(call);
    if (agent) this.effects.push({ type: 'tell-agent-call', staffId: agent.staffId, callId: call.callId });
  }

  #perform(callId: CallId, { version }: Call, effects: readonly CallEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'release') {
        const { staffId, reason } = effect;
        this.effects.push({ type: 'released', staffId, callId, version, reason });
      } else this.effects.push({ type: 'media', callId, effect });
    }
  }
}

/** What the waiting list shows of a call, without the position. */
function lineOf(call: Call): string {
  return isWaiting(call) ? `${call.state} ${call.kioskPresence.present} ${call.rank}` : 'absent';
}
