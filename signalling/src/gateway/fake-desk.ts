import type { CallId, KioskCallView, KioskId, StaffId } from '@bangban/protocol';
import type { DeskCommand, DeskResult } from '../desk/commands.ts';
import type { Desk, RoomAddress } from '../desk/ports.ts';

/** What the desk knows, as a test sets it. */
export type FakeDesk = Desk & {
  /** Commands so far, in order. */
  readonly commands: DeskCommand[];
  /** How a command is answered from now on; without it, with null. */
  answer<Type extends DeskCommand['type']>(
    type: Type,
    handler: (command: Extract<DeskCommand, { type: Type }>) => DeskResult<Type>,
  ): void;
  readonly facts: {
    callsOfKiosks: Map<CallId, KioskId>;
    callsOfAgents: Map<CallId, StaffId>;
    offers: Map<CallId, StaffId>;
    rooms: Map<CallId, RoomAddress>;
    views: Map<KioskId, KioskCallView>;
  };
};

/** A desk that decides nothing: it records commands and answers from facts that the test sets. */
export function createFakeDesk(): FakeDesk {
  const commands: DeskCommand[] = [];
  const handlers = new Map<string, (command: never) => unknown>();
  const facts: FakeDesk['facts'] = {
    callsOfKiosks: new Map(),
    callsOfAgents: new Map(),
    offers: new Map(),
    rooms: new Map(),
    views: new Map(),
  };
  handlers.set('media-server-joined', () => ({ close: [] }));
  return {
    commands,
    facts,
    answer: (type, handler) => handlers.set(type, handler),
    async execute(command) {
      commands.push(command);
      const result = handlers.get(command.type)?.(command as never) ?? null;
      // Registered by `answer` under this very type.
      return result as never;
    },
    kioskCall: (kioskId) => facts.views.get(kioskId) ?? null,
    agentDesk: () => ({ agent: null, call: null }),
    waitingList: () => ({ sequence: 0, calls: [] }),
    floorList: () => ({ sequence: 0, agents: [] }),
    isCallOfKiosk: (callId, kioskId) => facts.callsOfKiosks.get(callId) === kioskId,
    isCallOfAgent: (callId, staffId) => facts.callsOfAgents.get(callId) === staffId,
    isOfferedTo: (callId, staffId) => facts.offers.get(callId) === staffId,
    roomOf: (callId) => facts.rooms.get(callId),
    figures: () => ({ callsByState: {}, agentsByState: {}, storeWritable: true }),
    drain: () => undefined,
    close: async () => undefined,
  };
}
