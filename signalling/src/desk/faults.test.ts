import type { CallId, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import {
  callRequest,
  commandId,
  createScene,
  kioskId,
  type Scene,
  serviceItem,
  sfuId,
  staffId,
} from '../../test/desk-scene.ts';
import { emptyContents } from '../adapters/memory-desk-store.ts';
import type { DeskCommand } from './commands.ts';

/** Seeded (Park and Miller), so that every run is the same. */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const numbered = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('many at once', () => {
  it('[DESK-14] fault Q1: 200 callers, 50 agents, everybody presses Answer at once, for every call that rings', async () => {
    const { desk, onDuty, request } = await createScene();
    const agents = await Promise.all(numbered(50, (index) => onDuty(`a${index}`)));
    await Promise.all(numbered(200, (index) => request(`k${index}`)));
    const random = randomSource(1);
    let accepts = 0;
    let accepted = 0;
    for (let round = 0; round < 20; round += 1) {
      const offers = agents.map((agent) => desk.agentDesk(agent).call?.callId ?? expect.unreachable());
      const presses = numbered(500, () => ({
        staffId: agents[random(50)] ?? expect.unreachable(),
        callId: offers[random(50)] ?? expect.unreachable(),
      }));
      // In the end every agent presses for their own call.
      presses.push(
        ...agents.map((agent, index) => ({ staffId: agent, callId: offers[index] ?? expect.unreachable() })),
      );
      const results = await Promise.allSettled(
        presses.map((press) => desk.execute<'accept-offer'>({ type: 'accept-offer', ...press })),
      );
      accepts += presses.length;
      const winners = new Map<CallId, StaffId[]>();
      results.forEach((result, index) => {
        const press = presses[index];
        if (result.status === 'fulfilled' && press) {
          winners.set(press.callId, [...(winners.get(press.callId) ?? []), press.staffId]);
        } else expect(result).toMatchObject({ reason: { code: 'offer-gone' } });
      });
      accepted += winners.size;
      expect([...winners.values()].every((staff) => staff.length === 1)).toBe(true);
      expect(new Set([...winners.values()].flat()).size).toBe(50);
      await Promise.all(
        [...winners].map(async ([callId, [winner = staffId('')]]) => {
          const { kiosk } = desk.agentDesk(winner).call ?? expect.unreachable();
          await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: winner, callId });
          await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: winner, callId });
          await request(kiosk.kioskId);
        }),
      );
    }
    expect({ accepts, accepted }).toEqual({ accepts: 11_000, accepted: 1_000 });
  });

  it('[QUEUE-1] [QUEUE-4] fault Q5: 5,000 random arrivals get their agents in the specified order', async () => {
    const { desk, timers, clock, onDuty, request, outlet } = await createScene();
    const random = randomSource(5);
    const abilities = [['a'], ['b'], ['a', 'b'], ['a', 'b', 'c']];
    const agents = await Promise.all(abilities.map((skills, index) => onDuty(`a${index}`, { skills })));
    const needs = [['a'], ['b'], ['c'], ['a', 'b']];
    type Waiting = { rank: number; arrival: number; skills: readonly string[]; at: number };
    const waiting = new Map<string, Waiting>();
    let arrivals = 0;
    let longestOvertakenMs = 0;

    /** The moment at which an agent is offered a call: nobody whom they could take is before it. */
    const checkOffer = (index: number) => {
      const call = desk.agentDesk(agents[index] ?? staffId('')).call;
      if (!call) return;
      const mine = waiting.get(call.callId) ?? expect.unreachable();
      waiting.delete(call.callId);
      // A call that arrived while somebody was idle rings there already.
      for (const agent of agents) waiting.delete(desk.agentDesk(agent).call?.callId ?? '');
      for (const other of waiting.values()) {
        if (!other.skills.every((skill) => abilities[index]?.includes(skill))) continue;
        const isBefore = other.rank < mine.rank || (other.rank === mine.rank && other.arrival < mine.arrival);
        expect(isBefore).toBe(false);
        if (other.at < mine.at) longestOvertakenMs = Math.max(longestOvertakenMs, mine.at - other.at);
      }
    };

    while (arrivals < 5_000) {
      await Promise.all(
        numbered(10, async () => {
          arrivals += 1;
          const skills = needs[random(4)] ?? [];
          const priority = random(10);
          const at = clock.now();
          const arrival = arrivals;
          const callId = await request(`k${arrival}`, { service: serviceItem({ skills, priority }) });
          waiting.set(callId, { rank: at - priority * 120_000, arrival, skills, at });
        }),
      );
      const rounds = arrivals < 200 ? 0 : 3;
      for (let round = 0; round <= rounds; round += 1) {
        for (const [index, agent] of agents.entries()) {
          const call = desk.agentDesk(agent).call;
          if (call?.state !== 'offered') continue;
          // Offered when it arrived, to an agent who was idle.
          waiting.delete(call.callId);
          await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call.callId });
          await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call.callId });
          await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call.callId });
          checkOffer(index);
        }
      }
      outlet.clear();
      await timers.advance(1 + random(2_000));
    }
    // Nobody is overtaken by a call that came more than nine steps of priority later.
    expect(longestOvertakenMs).toBeGreaterThan(0);
    expect(longestOvertakenMs).toBeLessThanOrEqual(9 * 120_000);
  }, 120_000);

  it('[DESK-34] fault Q7: 1,000 callers hear of their position at most every 2 s, on a fraction of a core', async () => {
    const { desk, timers, clock, onDuty, request, outlet } = await createScene();
    const agents = await Promise.all(numbered(20, (index) => onDuty(`a${index}`, { skills: ['a', 'b', 'c'] })));
    const needs = [['a'], ['b'], ['c'], ['a', 'b']];
    await Promise.all(
      numbered(1_020, (index) => request(`k${index}`, { service: serviceItem({ skills: needs[index % 4] ?? [] }) })),
    );
    const toldAt = new Map<string, number>();
    let pushes = 0;
    let shortestMs = Number.POSITIVE_INFINITY;
    outlet.queueMoved = (kiosk) => {
      pushes += 1;
      shortestMs = Math.min(shortestMs, clock.now() - (toldAt.get(kiosk) ?? 0));
      toldAt.set(kiosk, clock.now());
    };
    const before = process.cpuUsage();
    const simulatedMs = 20_000;
    for (let passed = 0; passed < simulatedMs; passed += 100) {
      await timers.advance(100);
      outlet.clear();
      // Ten calls a second are answered and done.
      const agent = agents[(passed / 100) % 20] ?? expect.unreachable();
      const call = desk.agentDesk(agent).call;
      if (call?.state !== 'offered') continue;
      await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call.callId });
      await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: call.callId });
      await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call.callId });
    }
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / simulatedMs;
    expect(shortestMs).toBeGreaterThanOrEqual(2_000);
    expect(pushes).toBeGreaterThan(5_000);
    expect(share).toBeLessThan(0.3);
  }, 120_000);
});

describe('commands that are sent again', () => {
  /** One call from the request to the end of the wrap-up; `send` decides how often each command is sent. */
  async function wholeCall(scene: Scene, send: (command: DeskCommand, sender: string, id: string) => Promise<unknown>) {
    const { desk, onDuty, timers } = scene;
    const agent = await onDuty('a1');
    await send(callRequest('k1'), 'k1', 'c1');
    const { callId } = desk.kioskCall(kioskId('k1')) ?? expect.unreachable();
    const command = { staffId: agent, callId };
    await send({ type: 'accept-offer', ...command }, 'a1', 'c2');
    await desk.execute<'room-opened'>({ type: 'room-opened', callId, sfuId: sfuId('s1'), epoch: 1 });
    for (const side of ['kiosk', 'agent'] as const) {
      await desk.execute<'media-flowing'>({ type: 'media-flowing', callId, side, epoch: 1 });
    }
    await send({ type: 'hold-call', ...command }, 'a1', 'c3');
    await send({ type: 'resume-call', ...command }, 'a1', 'c4');
    await timers.advance(5_000);
    await send({ type: 'end-by-agent', ...command }, 'a1', 'c5');
    await send({ type: 'finish-wrap-up', ...command }, 'a1', 'c6');
    return scene.store.timeline(callId);
  }

  it('[DESK-8] fault Q3: every command sent one to five times, at once and late, is done once', async () => {
    const once = await createScene();
    const execute = (scene: Scene, command: DeskCommand, sender: string, id: string) =>
      scene.desk.execute<DeskCommand['type']>(command, { sender: kioskId(sender), commandId: commandId(id) });
    const expected = await wholeCall(once, (command, sender, id) => execute(once, command, sender, id));

    for (let seed = 1; seed <= 50; seed += 1) {
      const random = randomSource(seed);
      const scene = await createScene({ contents: emptyContents() });
      const late: (() => Promise<void>)[] = [];
      const timeline = await wholeCall(scene, async (command, sender, id) => {
        const results = await Promise.all(numbered(1 + random(5), () => execute(scene, command, sender, id)));
        for (const result of results) expect(result).toEqual(results[0]);
        late.push(async () => expect(await execute(scene, command, sender, id)).toEqual(results[0]));
        for (const again of late) if (random(3) === 0) await again();
      });
      expect(timeline.map(({ type, seq, facts }) => ({ type, seq, facts }))).toEqual(
        expected.map(({ type, seq, facts }) => ({ type, seq, facts })).map((event) => expect.objectContaining(event)),
      );
      expect(scene.contents.closed.size).toBe(1);
    }
  });
});
