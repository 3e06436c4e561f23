import type { CallId } from '@bangban/protocol';
import type { Agent } from '../agents/agent.ts';
import type { Call, CallIn } from '../call/call.ts';
import { type CommandOutcome, type DeskStore, StaleRevision, type TimelineEvent } from '../desk/desk-store.ts';
import type { HandlingTime } from '../queue/handling-time.ts';

/** What a memory store holds; two stores over the same contents are two processes over the same disk. */
export type MemoryContents = {
  revision: number;
  at: number;
  calls: Map<string, Call>;
  closed: Map<string, CallIn<'closed'>>;
  agents: Map<string, Agent>;
  handlingTimes: Map<string, HandlingTime>;
  timeline: Map<CallId, TimelineEvent[]>;
  outcomes: Map<string, CommandOutcome>;
};

export function emptyContents(): MemoryContents {
  return {
    revision: 0,
    at: 0,
    calls: new Map(),
    closed: new Map(),
    agents: new Map(),
    handlingTimes: new Map(),
    timeline: new Map(),
    outcomes: new Map(),
  };
}

/** A desk store for tests and benches: behaves like the embedded one and forgets everything with the process. */
export function createMemoryDeskStore(contents: MemoryContents = emptyContents()): DeskStore {
  return {
    async load({ closedSinceMs }) {
      const { revision, at } = contents;
      return {
        revision,
        at,
        calls: [...contents.calls.values()],
        closed: [...contents.closed.values()].filter(({ endedAt }) => endedAt >= at - closedSinceMs),
        agents: [...contents.agents.values()],
        handlingTimes: [...contents.handlingTimes.values()],
        outcomes: [...contents.outcomes.values()],
      };
    },

    async commit(change, expectedRevision) {
      if (expectedRevision !== contents.revision) throw new StaleRevision(expectedRevision, contents.revision);
      contents.revision += 1;
      contents.at = change.at;
      for (const call of change.calls) contents.calls.set(call.callId, call);
      for (const call of change.closed) {
        contents.calls.delete(call.callId);
        contents.closed.set(call.callId, call);
      }
      for (const agent of change.agents) contents.agents.set(agent.profile.staffId, agent);
      for (const time of change.handlingTimes) contents.handlingTimes.set(time.serviceCode, time);
      for (const event of change.timeline) {
        const events = contents.timeline.get(event.callId);
        if (events) events.push(event);
        else contents.timeline.set(event.callId, [event]);
      }
      for (const [key, { at }] of contents.outcomes) {
        if (at >= change.forgetOutcomesBefore) break;
        contents.outcomes.delete(key);
      }
      for (const outcome of change.outcomes) contents.outcomes.set(keyOf(outcome), outcome);
    },

    async outcome(sender, commandId) {
      return contents.outcomes.get(keyOf({ sender, commandId }));
    },

    async timeline(callId) {
      return [...(contents.timeline.get(callId) ?? [])];
    },

    async close() {},
  };
}

const keyOf = ({ sender, commandId }: Pick<CommandOutcome, 'sender' | 'commandId'>) => `${sender} ${commandId}`;
