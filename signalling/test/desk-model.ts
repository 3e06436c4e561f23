import type { AgentProfile, ServiceItem } from '../src/desk/commands.ts';

/*
 * What the desk promises, as simply as it can be said: lists that are searched from end to end, and no versions, stores or
 * rooms. The model-based test compares the desk with it after every command.
 */

export type ModelCall = {
  id: string;
  kiosk: string;
  service: ServiceItem;
  language: 'zh-CN' | 'en';
  rank: number;
  arrival: number;
  state: 'queued' | 'offered' | 'connecting' | 'active' | 'held' | 'wrapping-up' | 'closed';
  returned: boolean;
  kioskGone: number | undefined;
  agent: string;
  agentGone: number | undefined;
  failures: number;
  flowing: Set<string>;
  /** When the present state ends by itself, where it does. */
  endsAt: number | undefined;
  reason: string;
};

export type ModelAgent = {
  profile: AgentProfile;
  state: 'offline' | 'away' | 'available' | 'offered' | 'busy' | 'wrapping-up';
  reason: string;
  since: number;
  idleSince: number;
  gone: number | undefined;
  call: string;
};

/** A refusal, by its code. */
export type Refused = { refused: string };
const refuse = (code: string): Refused => ({ refused: code });

type Due = { at: number; act: () => void };

export class DeskModel {
  calls: ModelCall[] = [];
  agents: ModelAgent[] = [];
  now: number;
  #arrivals = 0;

  constructor(now: number) {
    this.now = now;
  }

  waiting(): ModelCall[] {
    return this.calls
      .filter(({ state }) => state === 'queued' || state === 'offered')
      .sort((left, right) => left.rank - right.rank || left.arrival - right.arrival);
  }

  position(call: ModelCall): number {
    const onDuty = this.agents.filter(({ state }) => state !== 'offline' && state !== 'away');
    const mine = onDuty.filter((agent) => fits(agent, call));
    const competes = (other: ModelCall) =>
      mine.length === 0 || sameNeeds(other, call) ? sameNeeds(other, call) : mine.some((agent) => fits(agent, other));
    return 1 + this.waiting().filter((other) => competes(other) && before(other, call)).length;
  }

  callOf(kiosk: string): ModelCall | undefined {
    return this.calls.find((call) => call.kiosk === kiosk && call.state !== 'closed' && call.state !== 'wrapping-up');
  }

  agent(id: string): ModelAgent | undefined {
    return this.agents.find(({ profile }) => profile.staffId === id);
  }

  /** Lets time pass. False when two things are due at once: then the order is not specified. */
  advance(ms: number): boolean {
    const end = this.now + ms;
    for (;;) {
      const dues = this.#dues().sort((left, right) => left.at - right.at);
      const [first, second] = dues;
      if (!first || first.at > end) break;
      if (second?.at === first.at) return false;
      this.now = Math.max(this.now, first.at);
      first.act();
    }
    this.now = end;
    return true;
  }

  /** Whether something happens by itself until then. */
  dueBy(at: number): boolean {
    return this.#dues().some((due) => due.at <= at);
  }

  request(id: string, kiosk: string, service: ServiceItem, language: 'zh-CN' | 'en'): Refused | undefined {
    if (this.callOf(kiosk)) return refuse('kiosk-busy');
    this.#arrivals += 1;
    const call: ModelCall = {
      id,
      kiosk,
      service,
      language,
      rank: this.now - service.priority * 120_000,
      arrival: this.#arrivals,
      state: 'queued',
      returned: false,
      kioskGone: undefined,
      agent: '',
      agentGone: undefined,
      failures: 0,
      flowing: new Set(),
      endsAt: undefined,
      reason: '',
    };
    this.calls.push(call);
    this.#seekAgent(call);
    return undefined;
  }

  accept(staff: string, id: string): Refused | undefined {
    const call = this.#offer(staff, id);
    if (!call) return refuse('offer-gone');
    Object.assign(call, { state: 'connecting', endsAt: this.now + 15_000, flowing: new Set(), agentGone: undefined });
    this.#set(staff, 'busy');
    return undefined;
  }

  decline(staff: string, id: string): Refused | undefined {
    const call = this.#offer(staff, id);
    if (!call) return refuse('offer-gone');
    this.#unanswered(call, 'declined');
    return undefined;
  }

  flow(id: string, side: string): Refused | undefined {
    const call = this.calls.find((each) => each.id === id && each.state !== 'closed');
    if (!call) return refuse('not-found');
    if (!isAnswered(call)) return refuse('call-state');
    if (call.state !== 'connecting') return undefined;
    call.flowing.add(side);
    if (call.flowing.size === 2) Object.assign(call, { state: 'active', endsAt: undefined });
    return undefined;
  }

  hold(staff: string, id: string, from: 'active' | 'held'): Refused | undefined {
    const call = this.#callOf(staff, id);
    if (!call) return refuse('not-found');
    if (call.state !== from) return refuse('call-state');
    call.state = from === 'active' ? 'held' : 'active';
    return undefined;
  }

  endByAgent(staff: string, id: string): Refused | undefined {
    const call = this.#callOf(staff, id);
    if (!call) return refuse('not-found');
    if (!isAnswered(call)) return refuse('call-state');
    this.#end(call, 'agent-ended');
    return undefined;
  }

  endByResident(id: string): Refused | undefined {
    const call = this.calls.find((each) => each.id === id && each.state !== 'closed');
    if (!call) return refuse('not-found');
    if (call.state === 'wrapping-up') return refuse('call-state');
    this.#end(call, isAnswered(call) ? 'resident-ended' : 'resident-cancelled');
    return undefined;
  }

  finish(staff: string, id: string): Refused | undefined {
    const call = this.#callOf(staff, id);
    if (!call) return refuse('not-found');
    if (call.state !== 'wrapping-up') return refuse('call-state');
    this.#finish(call);
    return undefined;
  }

  kioskPresent(kiosk: string): void {
    const call = this.callOf(kiosk);
    if (!call) return;
    call.kioskGone = undefined;
    this.#seekAgent(call);
  }

  kioskAbsent(kiosk: string): void {
    const call = this.callOf(kiosk);
    if (call) call.kioskGone ??= this.now;
  }

  agentPresent(profile: AgentProfile): void {
    let agent = this.agent(profile.staffId);
    if (!agent) {
      agent = { profile, state: 'offline', reason: 'signed-in', since: 0, idleSince: 0, gone: undefined, call: '' };
      this.agents.push(agent);
    }
    Object.assign(agent, { profile, gone: undefined });
    if (agent.state === 'offline') Object.assign(agent, { state: 'away', since: this.now });
    const call = this.calls.find(({ id }) => id === agent.call);
    if (agent.state === 'busy' && call) call.agentGone = undefined;
    this.#seekCall(agent);
  }

  agentAbsent(staff: string): void {
    const agent = this.agent(staff);
    if (!agent || agent.state === 'offline') return;
    agent.gone ??= this.now;
    const call = this.calls.find(({ id }) => id === agent.call);
    if (agent.state === 'offered' && call) {
      Object.assign(agent, { state: 'away', reason: 'connection-lost', call: '' });
      this.#requeue(call);
    }
    if (agent.state === 'busy' && call) call.agentGone ??= this.now;
  }

  signOut(staff: string): void {
    const agent = this.agent(staff);
    if (!agent) return;
    const { state } = agent;
    const call = this.calls.find(({ id }) => id === agent.call);
    Object.assign(agent, { state: 'offline', reason: 'signed-in', call: '', gone: undefined });
    if (!call) return;
    if (state === 'wrapping-up') call.state = 'closed';
    if (state === 'offered') this.#requeue(call);
    if (state === 'busy') this.#toHead(call);
  }

  setAvailability(staff: string, to: 'available' | 'away'): Refused | undefined {
    const agent = this.agent(staff);
    if (!agent) return refuse('not-found');
    if (agent.state !== 'away' && agent.state !== 'available') return refuse('agent-state');
    if (to === 'away') Object.assign(agent, { state: 'away', reason: 'break' });
    else if (agent.state === 'away') Object.assign(agent, { state: 'available', since: this.now });
    this.#seekCall(agent);
    return undefined;
  }

  restart(): void {
    for (const call of this.calls) {
      call.kioskGone = this.now;
      if (isAnswered(call)) call.agentGone = this.now;
      if (call.state === 'connecting') call.endsAt = this.now + 15_000;
    }
    for (const agent of this.agents) if (agent.state !== 'offline') agent.gone = this.now;
  }

  #dues(): Due[] {
    const dues: Due[] = [];
    for (const call of this.calls) {
      if (call.state === 'closed') continue;
      const { endsAt, kioskGone, agentGone } = call;
      const own: Due[] = [];
      if (endsAt !== undefined) own.push({ at: endsAt, act: () => this.#over(call) });
      if (call.state !== 'wrapping-up') {
        const short = !isAnswered(call) && !call.returned;
        const at = kioskGone !== undefined ? kioskGone + (short ? 30_000 : 60_000) : undefined;
        if (at !== undefined) own.push({ at, act: () => this.#end(call, 'kiosk-lost') });
      }
      if (isAnswered(call) && agentGone !== undefined) {
        const at = agentGone + (call.state === 'connecting' ? 3_000 : 30_000);
        own.push({ at, act: () => this.#agentLost(call) });
      }
      dues.push(...own);
    }
    for (const agent of this.agents) {
      if ((agent.state !== 'away' && agent.state !== 'available') || agent.gone === undefined) continue;
      dues.push({ at: agent.gone + 10_000, act: () => this.#goOffline(agent) });
    }
    return dues;
  }

  #over(call: ModelCall): void {
    if (call.state === 'wrapping-up') return this.#finish(call);
    if (call.state === 'offered') return this.#unanswered(call, 'no-answer');
    const isAgentToBlame = call.kioskGone === undefined && !call.flowing.has('agent');
    const agent = this.agent(call.agent);
    call.failures += 1;
    const isLast = call.failures === 3;
    const rank = this.#headRank();
    Object.assign(call, { endsAt: undefined, agentGone: undefined, flowing: new Set() });
    if (isLast) Object.assign(call, { state: 'closed', reason: 'media-failed' });
    else Object.assign(call, { state: 'queued', returned: true, rank });
    if (agent) {
      agent.call = '';
      if (agent.gone !== undefined) this.#goOffline(agent);
      else if (isAgentToBlame) Object.assign(agent, { state: 'away', reason: 'media-failed' });
      else Object.assign(agent, { state: 'available', since: this.now });
    }
    if (!isLast) this.#seekAgent(call);
    if (agent) this.#seekCall(agent);
  }

  #agentLost(call: ModelCall): void {
    const agent = this.agent(call.agent);
    if (agent) this.#goOffline(agent);
    this.#toHead(call);
  }

  #toHead(call: ModelCall): void {
    const rank = this.#headRank();
    Object.assign(call, { state: 'queued', returned: true, rank, endsAt: undefined, agentGone: undefined });
    this.#seekAgent(call);
  }

  #headRank(): number {
    return Math.min(this.now - 9 * 120_000, ...this.waiting().map(({ rank }) => rank)) - 1;
  }

  #unanswered(call: ModelCall, reason: string): void {
    const agent = this.agent(call.agent);
    if (agent) {
      Object.assign(agent, { state: 'away', reason: agent.gone === undefined ? reason : 'connection-lost', call: '' });
    }
    // Being away begins now, and with it the grace of a connection that was lost before counts from its own time.
    this.#requeue(call);
  }

  #requeue(call: ModelCall): void {
    Object.assign(call, { state: 'queued', endsAt: undefined });
    this.#seekAgent(call);
  }

  #end(call: ModelCall, reason: string): void {
    const agent = this.agent(call.agent);
    const { state } = call;
    Object.assign(call, { reason, endsAt: undefined });
    if (state === 'queued' || state === 'offered') call.state = 'closed';
    else Object.assign(call, { state: 'wrapping-up', endsAt: this.now + 60_000 });
    if (state === 'offered' && agent) {
      Object.assign(agent, { state: 'available', since: agent.idleSince, call: '' });
      this.#seekCall(agent);
    } else if (call.state === 'wrapping-up' && agent) agent.state = 'wrapping-up';
  }

  #finish(call: ModelCall): void {
    const agent = this.agent(call.agent);
    Object.assign(call, { state: 'closed', endsAt: undefined });
    if (!agent) return;
    agent.call = '';
    if (agent.gone !== undefined) this.#goOffline(agent);
    else Object.assign(agent, { state: 'available', since: this.now });
    this.#seekCall(agent);
  }

  #goOffline(agent: ModelAgent): void {
    Object.assign(agent, { state: 'offline', reason: 'connection-lost', call: '', gone: undefined });
  }

  #offer(staff: string, id: string): ModelCall | undefined {
    return this.calls.find((call) => call.id === id && call.state === 'offered' && call.agent === staff);
  }

  #callOf(staff: string, id: string): ModelCall | undefined {
    return this.calls.find(
      (call) => call.id === id && call.agent === staff && (isAnswered(call) || call.state === 'wrapping-up'),
    );
  }

  #set(staff: string, state: ModelAgent['state']): void {
    const agent = this.agent(staff);
    if (agent) agent.state = state;
  }

  #seekCall(agent: ModelAgent): void {
    if (agent.state !== 'available' || agent.gone !== undefined) return;
    const call = this.waiting().find((each) => isReady(each) && fits(agent, each));
    if (call) this.#give(call, agent);
  }

  #seekAgent(call: ModelCall): void {
    if (!isReady(call)) return;
    const [agent] = this.agents
      .filter((each) => each.state === 'available' && each.gone === undefined && fits(each, call))
      .sort((left, right) => left.since - right.since || (left.profile.staffId < right.profile.staffId ? -1 : 1));
    if (agent) this.#give(call, agent);
  }

  #give(call: ModelCall, agent: ModelAgent): void {
    Object.assign(call, { state: 'offered', agent: agent.profile.staffId, endsAt: this.now + 20_000 });
    Object.assign(agent, { state: 'offered', call: call.id, idleSince: agent.since });
  }
}

const isReady = ({ state, kioskGone }: ModelCall) => state === 'queued' && kioskGone === undefined;
const isAnswered = ({ state }: ModelCall) => state === 'connecting' || state === 'active' || state === 'held';
const before = (left: ModelCall, right: ModelCall) =>
  left.rank < right.rank || (left.rank === right.rank && left.arrival < right.arrival);
const fits = ({ profile }: ModelAgent, { service, language }: ModelCall) =>
  profile.languages.includes(language) && service.skills.every((skill) => profile.skills.includes(skill));
const sameNeeds = (left: ModelCall, right: ModelCall) =>
  left.language === right.language && left.service.skills.join() === right.service.skills.join();
