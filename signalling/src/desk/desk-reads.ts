import type { WaitingCallView } from '@bangban/protocol';
import { agentOf, isLive, isWaiting } from '../call/call.ts';
import type { ListSequences } from './list-sequences.ts';
import type { Live } from './live.ts';
import type { Desk } from './ports.ts';

/** What may be asked of the desk without changing anything. */
export type DeskReads = Omit<Desk, 'execute' | 'drain' | 'close' | 'figures'> & {
  figures(): Omit<ReturnType<Desk['figures']>, 'storeWritable'>;
};

/** @param live the state of this moment: it is replaced when it is loaded anew */
export function createReads(live: () => Live, now: () => number, sequences: ListSequences): DeskReads {
  return {
    kioskCall: (kioskId) => live().views.kioskCall(kioskId, now()),
    agentDesk: (staffId) => live().views.agentDesk(staffId, now()),

    waitingList() {
      const { state, views } = live();
      const calls: WaitingCallView[] = [];
      for (const { callId } of state.queue.inOrder()) {
        const call = state.calls.get(callId);
        if (call && isWaiting(call)) calls.push(views.waitingLine(call, now()));
      }
      return { sequence: sequences.waiting, calls };
    },

    floorList() {
      const { state, views } = live();
      const signedIn = [...state.agents.values()].filter((agent) => agent.state !== 'offline');
      return { sequence: sequences.floor, agents: signedIn.map((agent) => views.agentView(agent, now())) };
    },

    isCallOfKiosk: (callId, kioskId) => live().state.callOfKiosk(kioskId)?.callId === callId,

    isCallOfAgent(callId, staffId) {
      const call = live().state.calls.get(callId);
      return call !== undefined && agentOf(call)?.staffId === staffId;
    },

    isOfferedTo(callId, staffId) {
      const call = live().state.calls.get(callId);
      return call?.state === 'offered' && call.agent.staffId === staffId;
    },

    roomOf(callId) {
      const call = live().state.calls.get(callId);
      if (!call || !isLive(call) || call.media.state !== 'open') return undefined;
      return { sfuId: call.media.sfuId, epoch: call.media.epoch };
    },

    figures() {
      const { state } = live();
      return { callsByState: countStates(state.calls), agentsByState: countStates(state.agents) };
    },
  };
}

function countStates(things: ReadonlyMap<unknown, { state: string }>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of things.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
