import { createHmac, generateKeyPairSync } from 'node:crypto';
import { AssistError, KioskId, StaffId } from '@bangban/protocol';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { createTokens } from './tokens.ts';

const secret = 'kV8s-3nQz1xTfW0bYcL7dRmJ4uHpG2aE9iOo6';
const now = 1_790_000_000_000;
const tokens = createTokens({ secret, now: () => now, staffLifeSeconds: 600, kioskLifeSeconds: 86_400 });
const staffId = StaffId.parse('staff-agent1');
const kioskId = KioskId.parse('kiosk-001');
const good = tokens.signStaff({ staffId, role: 'agent', sessionId: 'session-1' });

const seconds = now / 1_000;
const claims = { sub: staffId, typ: 'staff', aud: 'bangban:staff', iss: 'bangban', role: 'agent', sid: 'session-1' };
const timed = { ...claims, iat: seconds, exp: seconds + 600 };

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token with any header and payload, with a right signature of our secret. */
function signed(header: object, payload: object | string): string {
  const body = typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : encode(payload);
  const text = `${encode(header)}.${body}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const ours = { alg: 'HS256', typ: 'JWT' };

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;

/** FAULTS A1. */
const forged: [string, string][] = [
  ['nothing', ''],
  ['no token at all', 'x.y.z'],
  ['algorithm none', `${encode({ alg: 'none', typ: 'JWT' })}.${encode(timed)}.`],
  ['algorithm None', `${encode({ alg: 'None', typ: 'JWT' })}.${encode(timed)}.`],
  ['an empty signature', `${good.split('.').slice(0, 2).join('.')}.`],
  ['another secret', jwt.sign(timed, `${secret}!`)],
  ['another algorithm with our secret', jwt.sign(timed, secret, { algorithm: 'HS512' })],
  ['RS256', jwt.sign(timed, privateKey, { algorithm: 'RS256' })],
  [
    'a public key used as our secret',
    (() => {
      const text = `${encode(ours)}.${encode(timed)}`;
      return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`;
    })(),
  ],
  ['another issuer', signed(ours, { ...timed, iss: 'somebody' })],
  ['another audience', signed(ours, { ...timed, aud: 'bangban:kiosk' })],
  ['two audiences', signed(ours, { ...timed, aud: ['bangban:staff', 'x'] })],
  ['another type', signed(ours, { ...timed, typ: 'kiosk' })],
  ['an invented role', signed(ours, { ...timed, role: 'root' })],
  ['a missing claim', signed(ours, { ...timed, sid: undefined })],
  ['one claim more', signed(ours, { ...timed, admin: true })],
  ['no expiry', signed(ours, { ...claims, iat: seconds })],
  ['an expiry that is long past', signed(ours, { ...timed, exp: seconds - 61 })],
  ['a beginning in the future', signed(ours, { ...timed, nbf: seconds + 3_600 })],
  ['being made in the future', signed(ours, { ...timed, iat: seconds + 61, exp: seconds + 600 })],
  ['an unknown key id', signed({ ...ours, kid: 'other' }, timed)],
  ['a key id that is a path', signed({ ...ours, kid: '../../dev/null' }, timed)],
  ['a key address (jku)', signed({ ...ours, jku: 'https://evil.example/keys' }, timed)],
  ['a certificate address (x5u)', signed({ ...ours, x5u: 'https://evil.example/cert' }, timed)],
  ['a key of its own (jwk)', signed({ ...ours, jwk: { kty: 'oct', k: 'AA' } }, timed)],
  ['a nested token', signed({ ...ours, cty: 'JWT' }, good)],
  ['a payload that is no object', signed(ours, '"text"')],
  ['a duplicated claim', signed(ours, `{"sub":"staff-agent1","sub":"x"}`)],
  ['padding', `${good}=`],
  ['padding inside', good.replace('.', '=.')],
  ['a changed last letter', good.slice(0, -1) + (good.endsWith('A') ? 'B' : 'A')],
  ['white space', ` ${good}`],
  ['a kiosk token', tokens.signKiosk({ kioskId, tokenVersion: 1 })],
  ['1 MB', `${good}${'A'.repeat(1_000_000)}`],
];

describe('tokens (ACCESS)', () => {
  it('[ACCESS-4] gives back what was signed', () => {
    expect(tokens.verifyStaff(good)).toEqual({
      staffId,
      role: 'agent',
      sessionId: 'session-1',
      expiresAtMs: now + 600_000,
    });
    const device = tokens.signKiosk({ kioskId, tokenVersion: 3 });
    expect(tokens.verifyKiosk(device)).toEqual({ kioskId, tokenVersion: 3, expiresAtMs: now + 86_400_000 });
  });

  it.each(forged)('[ACCESS-4] a token with %s does not count, with one error for all, within 5 ms', (_, token) => {
    let thrown: unknown;
    let fastestMs = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run += 1) {
      const startedAt = performance.now();
      try {
        tokens.verifyStaff(token);
      } catch (error) {
        thrown = error;
      }
      fastestMs = Math.min(fastestMs, performance.now() - startedAt);
    }
    expect(fastestMs).toBeLessThan(5);
    expect(thrown).toBeInstanceOf(AssistError);
    expect(thrown).toMatchObject({ code: 'unauthenticated', message: 'the token does not count' });
  });

  it('[ACCESS-4] takes a staff token for a device token as little as the other way round', () => {
    expect(() => tokens.verifyKiosk(good)).toThrow('the token does not count');
  });

  it.each([
    [-60, 'made by a server 60 s behind'],
    [59, 'made by a server 59 s ahead'],
  ])('[ACCESS-5] forgives clocks of servers 60 s: %i s, %s', (offset) => {
    const elsewhere = { secret, staffLifeSeconds: 600, kioskLifeSeconds: 1, now: () => now + offset * 1_000 };
    const token = createTokens(elsewhere).signStaff({ staffId, role: 'agent', sessionId: 'session-1' });
    expect(tokens.verifyStaff(token).staffId).toBe(staffId);
  });

  it('[ACCESS-5] a token ends 60 s after its expiry, by server time only', () => {
    const later = (ms: number) =>
      createTokens({ secret, staffLifeSeconds: 1, kioskLifeSeconds: 1, now: () => now + ms });
    expect(later(659_000).verifyStaff(good).staffId).toBe(staffId);
    expect(() => later(660_000).verifyStaff(good)).toThrow('the token does not count');
  });
});
