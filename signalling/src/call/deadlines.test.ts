import { describe, expect, it } from 'vitest';
import { sideToBlame } from './blame.ts';
import type { Call, CallIn } from './call.ts';
import { type CallLimits, deadlineOf } from './deadlines.ts';
import { eventFacts, requestFacts } from './timeline.ts';

const limits: CallLimits = {
  kioskAbsentInQueueMs: 30_000,
  kioskAbsentInCallMs: 60_000,
  connectingMs: 15_000,
  agentAbsentWhileConnectingMs: 3_000,
  agentAbsentInCallMs: 20_000,
};
const here = { present: true };
const gone = { present: false, since: 1_000 };
const none = { state: 'none', epoch: 0 };
/** Only the facts that deadlines follow from. */
const call = (facts: object) => ({ kioskPresence: here, agentPresence: here, media: none, ...facts }) as Call;

describe('deadlines', () => {
  it.each([
    ['a waiting call', { state: 'queued' }, undefined],
    ['an offer', { state: 'offered', expiresAt: 20_000 }, { at: 20_000, due: 'offer-expired' }],
    ['connecting', { state: 'connecting', since: 500 }, { at: 15_500, due: 'media-timed-out' }],
    ['talking', { state: 'active' }, undefined],
    ['holding', { state: 'held' }, undefined],
    ['a wrap-up', { state: 'wrapping-up', endsAt: 60_000 }, { at: 60_000, due: 'wrap-up-over' }],
    ['a closed call', { state: 'closed' }, undefined],
    ['a room', { state: 'queued', media: { state: 'failed', epoch: 1, retryAt: 7 } }, { at: 7, due: 'room-due' }],
  ] as const)('[CALL-26] %s', (_what, facts, deadline) => {
    expect(deadlineOf(call(facts), limits)).toEqual(deadline);
  });

  it('[CALL-26] the earliest counts', () => {
    const both = call({ state: 'offered', expiresAt: 40_000, kioskPresence: gone });
    expect(deadlineOf(both, limits)).toEqual({ at: 31_000, due: 'kiosk-lost' });
  });

  it.each([
    ['queued', false, 31_000],
    ['queued', true, 61_000],
    ['offered', false, 31_000],
    ['active', false, 61_000],
    ['held', false, 61_000],
  ] as const)('[CALL-27] without its kiosk, %s (returned: %s) lasts until %i', (state, returned, at) => {
    const absent = call({ state, returned, expiresAt: 99_000, kioskPresence: gone });
    expect(deadlineOf(absent, limits)).toEqual({ at, due: 'kiosk-lost' });
  });

  it.each([
    ['connecting', 4_000],
    ['active', 21_000],
    ['held', 21_000],
  ] as const)('[CALL-28] without its agent, %s lasts until %i', (state, at) => {
    const absent = call({ state, since: 1_000, agentPresence: gone });
    expect(deadlineOf(absent, limits)).toEqual({ at, due: 'agent-lost' });
  });
});

describe('blame', () => {
  const open = { state: 'open', epoch: 1 };
  it.each([
    ['kiosk', { kioskPresence: gone, media: open, flowing: { kiosk: false, agent: false } }],
    ['kiosk', { media: open, flowing: { kiosk: false, agent: true } }],
    ['agent', { media: open, flowing: { kiosk: true, agent: false } }],
    ['agent', { media: open, flowing: { kiosk: false, agent: false } }],
    ['server', { media: { state: 'opening', epoch: 1 }, flowing: { kiosk: false, agent: false } }],
  ] as const)('[CALL-14] the %s, where %o', (side, facts) => {
    expect(sideToBlame(call({ state: 'connecting', ...facts }) as CallIn<'connecting'>)).toBe(side);
  });
});

describe('timeline', () => {
  it('[CALL-29] the facts are ids, numbers and codes', () => {
    const requested = {
      kiosk: { kioskId: 'k1', name: 'Name', site: 'Site', region: 'r1' },
      service: { code: 's1', priority: 3, guide: 'Guide' },
      language: 'en',
      consent: { version: 'v1', language: 'en' },
      devices: { camera: true, microphone: false },
    } as unknown as Call;
    expect(requestFacts(requested)).toEqual({
      kioskId: 'k1',
      region: 'r1',
      service: 's1',
      language: 'en',
      priority: 3,
      consentVersion: 'v1',
      camera: true,
      microphone: false,
    });
    const offer = { type: 'offer', agent: { staffId: 'a1', displayName: 'Lin', number: '7' }, expiresAt: 5 } as never;
    expect(eventFacts(offer, requested)).toEqual({ staffId: 'a1', expiresAt: 5 });
  });
});
