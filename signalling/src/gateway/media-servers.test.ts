import { AssistError, CallId, type ErrorCode, SfuId, StaffId } from '@bangban/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskCommand } from '../desk/commands.ts';
import { createFakeClock, createFakeTimers, type FakeTimers } from '../desk/testing.ts';
import { silentLog } from '../logging/log.ts';
import { createMediaServers, type MediaServerLink, type MediaServers } from './media-servers.ts';

const callId = CallId.parse('call-1');
const other = CallId.parse('call-2');
const capabilities = { codecs: [], headerExtensions: [] };

let timers: FakeTimers;
let reported: DeskCommand[];
let servers: MediaServers;
beforeEach(() => {
  timers = createFakeTimers(createFakeClock());
  reported = [];
  servers = createMediaServers({
    report: async (command) => {
      reported.push(command);
      return (command.type === 'media-server-joined' ? { close: [] } : null) as never;
    },
    timers,
    log: silentLog,
  });
});

/** A link that answers, or refuses with the code that the test sets. */
function fakeLink() {
  const asked: { name: string; input: unknown }[] = [];
  const behaviour: { refuseWith: ErrorCode | undefined } = { refuseWith: undefined };
  const link: MediaServerLink = {
    request: async (name, input) => {
      asked.push({ name, input });
      if (behaviour.refuseWith) throw new AssistError(behaviour.refuseWith, 'refused by the test');
      return null as never;
    },
  };
  return { link, asked, behaviour };
}

async function join(sfuId: string, rooms: { callId: CallId; epoch: number; flow: 'open' }[] = []) {
  const fake = fakeLink();
  await servers.register(fake.link, { sfuId: SfuId.parse(sfuId), routerRtpCapabilities: capabilities, rooms });
  return fake;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const open = (id: CallId, epoch = 1) => servers.control.openRoom({ callId: id, epoch, flow: 'prepared' });
const types = () => reported.map(({ type }) => type);

describe('media servers (GATE)', () => {
  it('[GATE-27] opens a room where there are the fewest', async () => {
    const busy = await join('sfu-1', [{ callId: other, epoch: 1, flow: 'open' }]);
    const idle = await join('sfu-2');
    open(callId);
    await settled();
    expect([busy.asked, idle.asked.length]).toEqual([[], 1]);
    expect(reported.at(-1)).toEqual({ type: 'room-opened', callId, sfuId: 'sfu-2', epoch: 1 });
  });

  it('[GATE-27] opens a later epoch where the call has its room already', async () => {
    const holder = await join('sfu-1', [{ callId, epoch: 1, flow: 'open' }]);
    await join('sfu-2');
    open(callId, 2);
    await settled();
    expect(holder.asked).toEqual([{ name: 'room:open', input: { callId, epoch: 2, flow: 'prepared' } }]);
  });

  it('[GATE-27] remembers what to open while there is no media server', async () => {
    open(callId);
    await settled();
    expect(reported).toEqual([]);
    const { asked } = await join('sfu-1');
    await settled();
    expect(asked).toHaveLength(1);
    expect(types()).toEqual(['media-server-joined', 'room-opened']);
  });

  it('[GATE-27] tries a refused room again, and reports it lost in the end', async () => {
    const { asked, behaviour } = await join('sfu-1');
    behaviour.refuseWith = 'media-unavailable';
    open(callId);
    for (const waitMs of [0, 200, 1_000, 3_000]) {
      await timers.advance(waitMs);
      await settled();
    }
    expect(asked).toHaveLength(4);
    expect(reported.at(-1)).toEqual({ type: 'room-lost', callId, epoch: 1 });
  });

  it('[GATE-27] a room that opens at the second try is opened once', async () => {
    const { behaviour } = await join('sfu-1');
    behaviour.refuseWith = 'media-unavailable';
    open(callId);
    await settled();
    behaviour.refuseWith = undefined;
    await timers.advance(200);
    await settled();
    expect(types()).toEqual(['media-server-joined', 'room-opened']);
  });

  it('[GATE-18] a newer link of the same media server takes over: the older one may go unnoticed', async () => {
    const older = await join('sfu-1');
    const newer = await join('sfu-1');
    servers.unregister(older.link);
    expect(servers.count()).toBe(1);
    expect(servers.linkOf(SfuId.parse('sfu-1'))).toBe(newer.link);
    servers.unregister(newer.link);
    await settled();
    expect(types()).toEqual(['media-server-joined', 'media-server-joined', 'media-server-left']);
  });

  it('asks again for what matters, but not where the room is another one by now', async () => {
    const { asked, behaviour } = await join('sfu-1', [{ callId, epoch: 1, flow: 'open' }]);
    const setFlow = () => servers.control.setFlow({ callId, sfuId: SfuId.parse('sfu-1'), epoch: 1, flow: 'open' });
    behaviour.refuseWith = 'unreachable';
    setFlow();
    await timers.advance(200);
    expect(asked).toHaveLength(2);
    behaviour.refuseWith = 'media-stale';
    setFlow();
    await timers.advance(10_000);
    const tries = asked.length;
    await timers.advance(10_000);
    expect(asked.length).toBe(tries);
  });

  it('names the agent as the peer who leaves, and closes rooms that are not needed', async () => {
    const { asked } = await join('sfu-1', [{ callId, epoch: 1, flow: 'open' }]);
    const sfuId = SfuId.parse('sfu-1');
    servers.control.removePeer({ callId, sfuId, staffId: StaffId.parse('staff-agent1') });
    servers.control.closeRoom({ callId, sfuId });
    await settled();
    expect(asked).toEqual([
      { name: 'peer:leave', input: { callId, peerId: 'staff-agent1' } },
      { name: 'room:close', input: { callId } },
    ]);
  });
});
