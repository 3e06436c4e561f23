import type { SfuId, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import type { CallIn, LiveCall, MediaFacts } from './call.ts';
import { requestedCall } from './call.ts';
import { step } from './transitions.ts';

const now = 1_000;
const sfuId = 'sfu-1' as SfuId;
const other = 'sfu-2' as SfuId;

// Only the facts about the room matter here.
const waiting = (media: MediaFacts): CallIn<'queued'> => ({ ...requestedCall({} as never, 0), media });
const answered = <State extends 'connecting' | 'active' | 'held'>(state: State, media: MediaFacts) =>
  ({
    ...waiting(media),
    state,
    agent: { staffId: 'agent1' as StaffId },
    agentPresence: { present: true },
    since: 0,
    flowing: { kiosk: true, agent: false },
  }) as unknown as CallIn<State>;
const mediaAfter = (call: LiveCall, event: Parameters<typeof step>[1]) => {
  const { call: after, effects } = step(call, event, now);
  return { media: (after as LiveCall).media, effects };
};

describe('opening', () => {
  it.each([
    { state: 'none', epoch: 0 },
    { state: 'none', epoch: 4 },
    { state: 'failed', epoch: 4, retryAt: 0 },
  ] as const)('[CALL-21] asks for the next epoch after %o', (media) => {
    const epoch = media.epoch + 1;
    expect(mediaAfter(waiting(media), { type: 'open-room' })).toEqual({
      media: { state: 'opening', epoch },
      effects: [{ type: 'open-room', epoch, flow: 'prepared' }],
    });
  });

  it.each([
    { state: 'opening', epoch: 1 },
    { state: 'open', epoch: 1, sfuId },
  ] as const)('[CALL-21] asks for nothing where the room is %o', (media) => {
    const call = waiting(media);
    expect(step(call, { type: 'open-room' }, now)).toEqual({ call, effects: [] });
  });
});

describe('flow', () => {
  const opening = { state: 'opening', epoch: 1 } as const;
  const opened = { type: 'room-opened', sfuId, epoch: 1 } as const;

  it('[CALL-22] a waiting call’s room stays prepared', () => {
    expect(mediaAfter(waiting(opening), opened)).toEqual({ media: { state: 'open', epoch: 1, sfuId }, effects: [] });
  });

  it.each([
    ['connecting', 'open'],
    ['active', 'open'],
    ['held', 'held'],
  ] as const)('[CALL-22] a room that opens while the call is %s is set to %s', (state, flow) => {
    expect(mediaAfter(answered(state, opening), opened).effects).toEqual([{ type: 'set-flow', sfuId, epoch: 1, flow }]);
  });
});

describe('news', () => {
  const open = { state: 'open', epoch: 2, sfuId } as const;

  it('[CALL-23] an older epoch is ignored', () => {
    expect(mediaAfter(waiting({ state: 'opening', epoch: 2 }), { type: 'room-opened', sfuId, epoch: 1 })).toEqual({
      media: { state: 'opening', epoch: 2 },
      effects: [],
    });
    expect(mediaAfter(waiting(open), { type: 'room-lost', epoch: 1, retryAt: 0 }).media).toBe(open);
  });

  it('[CALL-23] a newer epoch replaces the room, and connecting begins anew', () => {
    const call = answered('connecting', open);
    const { call: after, effects } = step(call, { type: 'room-opened', sfuId, epoch: 3 }, now);
    expect(after).toMatchObject({ media: { ...open, epoch: 3 }, since: now, flowing: { kiosk: false, agent: false } });
    expect(effects).toEqual([{ type: 'set-flow', sfuId, epoch: 3, flow: 'open' }]);
  });

  it('[CALL-23] a room that moved to another server is closed where it was', () => {
    expect(mediaAfter(waiting(open), { type: 'room-opened', sfuId: other, epoch: 3 }).effects).toEqual([
      { type: 'close-room', sfuId },
    ]);
  });

  it('[CALL-24] a second server’s room for the same call is closed', () => {
    expect(mediaAfter(waiting(open), { type: 'room-opened', sfuId: other, epoch: 2 })).toEqual({
      media: open,
      effects: [{ type: 'close-room', sfuId: other }],
    });
  });

  it('[CALL-25] a lost room may be asked for again at the given time', () => {
    const lost = { type: 'room-lost', epoch: 2, retryAt: 77 } as const;
    expect(mediaAfter(waiting(open), lost).media).toEqual({ state: 'failed', epoch: 2, retryAt: 77 });
    expect(mediaAfter(waiting({ state: 'opening', epoch: 2 }), lost).media).toMatchObject({ state: 'failed' });
    // It was rebuilt under an epoch that nobody here has heard of, and then lost.
    expect(mediaAfter(waiting(open), { ...lost, epoch: 4 }).media).toMatchObject({ state: 'failed', epoch: 4 });
    expect(mediaAfter(waiting({ state: 'none', epoch: 2 }), lost).media).toMatchObject({ state: 'none' });
  });
});
