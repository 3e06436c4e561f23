import type { CallId, KioskId, ServiceCode, SfuId, StaffId } from '@bangban/protocol';
import { type Agent, callIdOf, isIdle, isOnDuty } from '../agents/agent.ts';
import { type Call, type CallIn, isWaiting, type WaitingCall } from '../call/call.ts';
import { DutyRoster, type Standing } from '../queue/duty-roster.ts';
import { type HandlingTime, unmeasured } from '../queue/handling-time.ts';
import { Positions } from '../queue/positions.ts';
import { type WaitingEntry, WaitingQueue } from '../queue/waiting-queue.ts';
import type { DeskSnapshot } from './desk-store.ts';

export type EndedCall = CallIn<'wrapping-up' | 'closed'>;

/**
 * Live state in memory: what the store holds, with the indexes that decisions need. Every change of a call or an agent
 * goes through `putCall` and `putAgent`, so the indexes are always right.
 */
export class DeskState {
  /** Calls that are not closed. */
  readonly calls = new Map<CallId, Call>();
  readonly agents = new Map<StaffId, Agent>();
  readonly handlingTimes = new Map<ServiceCode, HandlingTime>();
  readonly queue = new WaitingQueue();
  readonly roster = new DutyRoster();
  readonly positions = new Positions(this.queue, this.roster);
  /** How the last call of a kiosk ended, oldest first. */
  readonly ended = new Map<KioskId, EndedCall>();
  /** Rooms by the media server that holds them. */
  readonly roomsOn = new Map<SfuId, Set<CallId>>();
  readonly #callOfKiosk = new Map<KioskId, CallId>();
  #arrivals = 0;

  constructor(snapshot?: DeskSnapshot) {
    if (!snapshot) return;
    for (const call of [...snapshot.closed].sort((left, right) => left.endedAt - right.endedAt)) this.putCall(call);
    for (const call of snapshot.calls) this.putCall(call);
    for (const agent of snapshot.agents) this.putAgent(agent);
    for (const time of snapshot.handlingTimes) this.handlingTimes.set(time.serviceCode, time);
    this.#arrivals = Math.max(0, ...snapshot.calls.map(({ arrival }) => arrival));
  }

  /** The number of the next call that is requested. */
  nextArrival(): number {
    this.#arrivals += 1;
    return this.#arrivals;
  }

  /** The call that a kiosk takes part in. */
  callOfKiosk(kioskId: KioskId): Call | undefined {
    const callId = this.#callOfKiosk.get(kioskId);
    return callId && this.calls.get(callId);
  }

  handlingTime(serviceCode: ServiceCode): HandlingTime {
    return this.handlingTimes.get(serviceCode) ?? unmeasured(serviceCode);
  }

  putCall(call: Call): void {
    const { callId } = call;
    const { kioskId } = call.kiosk;
    this.#forgetRoom(callId);
    if (call.state === 'closed') this.calls.delete(callId);
    else this.calls.set(callId, call);
    if (isWaiting(call)) this.queue.put(entryOf(call));
    else this.queue.remove(callId);
    if (call.state === 'wrapping-up' || call.state === 'closed') {
      if (this.#callOfKiosk.get(kioskId) === callId) this.#callOfKiosk.delete(kioskId);
      this.#putEnded(kioskId, call);
      return;
    }
    this.#callOfKiosk.set(kioskId, callId);
    if (call.media.state === 'open') {
      const rooms = this.roomsOn.get(call.media.sfuId);
      if (rooms) rooms.add(callId);
      else this.roomsOn.set(call.media.sfuId, new Set([callId]));
    }
  }

  /** Takes back the putting of a call that had not been there. */
  removeCall(call: Call): void {
    this.#forgetRoom(call.callId);
    this.calls.delete(call.callId);
    this.queue.remove(call.callId);
    if (this.#callOfKiosk.get(call.kiosk.kioskId) === call.callId) this.#callOfKiosk.delete(call.kiosk.kioskId);
  }

  putAgent(agent: Agent): void {
    this.agents.set(agent.profile.staffId, agent);
    this.roster.put(agent.profile.staffId, agent.profile, this.#standingOf(agent));
  }

  /** Forgets how calls ended that ended before `before`. */
  forgetEnded(before: number): void {
    for (const [kioskId, { endedAt }] of this.ended) {
      if (endedAt >= before) return;
      this.ended.delete(kioskId);
    }
  }

  #putEnded(kioskId: KioskId, call: EndedCall): void {
    const newest = this.ended.get(kioskId);
    if (newest && newest.endedAt > call.endedAt) return;
    // A closed call was put here when its wrap-up began, under the same time: it keeps its place in the order.
    if (newest?.callId !== call.callId) this.ended.delete(kioskId);
    this.ended.set(kioskId, call);
  }

  #forgetRoom(callId: CallId): void {
    const before = this.calls.get(callId);
    if (!before || before.state === 'wrapping-up' || before.state === 'closed') return;
    if (before.media.state === 'open') this.roomsOn.get(before.media.sfuId)?.delete(callId);
  }

  #standingOf(agent: Agent): Standing {
    if (!isOnDuty(agent)) return { state: 'off' };
    if (isIdle(agent)) return { state: 'idle', since: agent.since };
    const callId = callIdOf(agent);
    const call = callId && this.calls.get(callId);
    return {
      state: 'occupied',
      since: call && call.state !== 'queued' && call.state !== 'closed' ? call.offeredAt : agent.since,
      serviceCode: call?.service.code,
      endsBy: agent.state === 'wrapping-up' ? agent.endsAt : undefined,
    };
  }
}

function entryOf(call: WaitingCall): WaitingEntry {
  return {
    callId: call.callId,
    rank: call.rank,
    arrival: call.arrival,
    requirement: { language: call.language, skills: call.service.skills },
    serviceCode: call.service.code,
    ready: call.state === 'queued' && call.kioskPresence.present,
  };
}
