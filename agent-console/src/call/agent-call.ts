import type { AgentCallView, AgentView, CallId } from '@bangban/protocol';
import type { ReleaseReason } from '@bangban/protocol/plain';
import { newCommandId } from '../connection/command-id.ts';
import type { ServerClock } from '../connection/server-clock.ts';
import type { StaffWire } from '../connection/staff-connection.ts';
import { type Problem, toProblem } from '../errors/problem.ts';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';

/** What the agent can ask of the desk about their call. */
export type CallCommand = 'accept' | 'decline' | 'hold' | 'resume' | 'end' | 'finish-wrap-up';

/** A call that was offered to this agent, or that they had, and that is theirs no longer. */
export type ReleasedCall = { reason: ReleaseReason; kioskName: string };

export type AgentCallState = {
  /** The call as the desk has it. */
  call: AgentCallView | null;
  /** When the resident's waiting was over (server time); as near as this console knows when it joined the call later. */
  answeredAt: number | null;
  /** Sent, not answered yet. */
  pending: CallCommand | null;
  /** The last command that was refused. */
  problem: Problem | null;
  /** Shown until the agent dismisses it or the next call comes. */
  released: ReleasedCall | null;
};

/** The agent's call. The desk decides; here it is shown and asked for. */
export type AgentCallController = Readable<AgentCallState> & {
  /** Sends the command about the present call. Gives false when it was refused; the problem is in the state then. */
  command(name: CallCommand): Promise<boolean>;
  dismiss(): void;
  close(): void;
};

/** The views carry only since when the present state is; the beginning of the talk is remembered. */
function answeredAt(call: AgentCallView, before: number | null): number | null {
  if (call.state === 'offered') return null;
  if (call.state === 'connecting') return before ?? call.acceptedAt;
  return before ?? (call.state === 'wrapping-up' ? null : call.since);
}

const requestOf = {
  accept: 'offer:accept',
  decline: 'offer:decline',
  hold: 'call:hold',
  resume: 'call:resume',
  end: 'call:end',
  'finish-wrap-up': 'call:finish-wrap-up',
} as const satisfies Record<CallCommand, string>;

/** Follows the views of the agent's call; an older view of the same call is ignored. */
export function createAgentCall(parts: { connection: StaffWire; clock: ServerClock }): AgentCallController {
  const { connection, clock } = parts;
  const store = createStore<AgentCallState>({
    call: null,
    answeredAt: null,
    pending: null,
    problem: null,
    released: null,
  });
  const disposer = createDisposer();
  /** The newest call that is over for this agent: a late view of it must not bring it back. */
  let gone: { callId: CallId; version: number } | null = null;

  const show = (facts: Partial<AgentCallState>) => store.set({ ...store.get(), ...facts });

  const adopt = (call: AgentCallView) => {
    clock.observe(call.now);
    const held = store.get().call;
    const newest = held?.callId === call.callId ? held.version : gone?.callId === call.callId ? gone.version + 1 : 0;
    if (call.version < newest) return;
    if (held?.callId === call.callId) show({ call, answeredAt: answeredAt(call, store.get().answeredAt) });
    else show({ call, answeredAt: answeredAt(call, null), problem: null, released: null });
  };

  const drop = (version: number, released: ReleasedCall | null) => {
    const { call } = store.get();
    if (call !== null) gone = { callId: call.callId, version: Math.max(version, call.version) };
    show({ call: null, answeredAt: null, released });
  };

  const followAgent = ({ availability }: AgentView) => {
    // The desk finishes a wrap-up by itself when its time is over; the agent's own state tells it.
    const wrappedUp = availability.state === 'available' || availability.state === 'away';
    if (wrappedUp && store.get().call?.state === 'wrapping-up') drop(0, null);
  };

  disposer.add(
    connection.on('staff:welcomed', ({ desk }) => {
      // What a new connection brings is the truth, whatever was held before.
      gone = null;
      const { call, answeredAt: before } = store.get();
      if (desk.call === null) return show({ call: null, answeredAt: null });
      clock.observe(desk.call.now);
      const isSame = desk.call.callId === call?.callId;
      show({ call: desk.call, answeredAt: answeredAt(desk.call, isSame ? before : null) });
    }),
    connection.on('agent:changed', followAgent),
    connection.on('call:changed', adopt),
    connection.on('call:released', ({ callId, version, reason }) => {
      const held = store.get().call;
      if (held?.callId === callId) drop(version, { reason, kioskName: held.kiosk.name });
    }),
  );

  return {
    get: store.get,
    subscribe: store.subscribe,
    async command(name) {
      const { call, pending } = store.get();
      if (call === null || pending !== null) return false;
      show({ pending: name, problem: null });
      try {
        const answer = await connection.request(requestOf[name], { commandId: newCommandId(), callId: call.callId });
        if (answer !== null) adopt(answer);
        else if (store.get().call?.callId === call.callId) drop(0, null);
        show({ pending: null });
        return true;
      } catch (thrown) {
        show({ pending: null, problem: toProblem(thrown) });
        return false;
      }
    },
    dismiss: () => show({ problem: null, released: null }),
    close: disposer.close,
  };
}
