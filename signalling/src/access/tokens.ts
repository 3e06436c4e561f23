import { AssistError, KioskId, StaffId, StaffRole } from '@bangban/protocol';
import jwt from 'jsonwebtoken';
import * as z from 'zod';

/** What a token proves, by the kind of its holder. */
export type StaffClaims = { staffId: StaffId; role: StaffRole; sessionId: string; expiresAtMs: number };
export type KioskClaims = { kioskId: KioskId; tokenVersion: number; expiresAtMs: number };

/** Makes and verifies the two kinds of token. */
export type Tokens = {
  signStaff(holder: { staffId: StaffId; role: StaffRole; sessionId: string }): string;
  signKiosk(holder: { kioskId: KioskId; tokenVersion: number }): string;
  /** @throws AssistError `unauthenticated`, the same for every fault */
  verifyStaff(token: string): StaffClaims;
  /** @throws AssistError `unauthenticated`, the same for every fault */
  verifyKiosk(token: string): KioskClaims;
};

const issuer = 'bangban';
/** How far the clocks of two servers may be apart, in seconds; callers' clocks do not count. */
const leewaySeconds = 60;
/** Ours have about 400 characters; whatever is far longer is not read at all. */
const maxTokenLength = 2_048;

const times = { iat: z.int().min(0), exp: z.int().min(0), iss: z.literal(issuer) };
const staffPayload = z.strictObject({
  ...times,
  aud: z.literal('bangban:staff'),
  typ: z.literal('staff'),
  sub: StaffId,
  role: StaffRole,
  sid: z.string().min(8).max(64),
});
const kioskPayload = z.strictObject({
  ...times,
  aud: z.literal('bangban:kiosk'),
  typ: z.literal('kiosk'),
  sub: KioskId,
  ver: z.int().min(1),
});
/** Nothing that names a key: there is one key, and the token has no say in it. */
const header = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT') });

/** @param options.now server time in milliseconds since 1970: the only clock that counts */
export function createTokens(options: {
  secret: string;
  now(): number;
  staffLifeSeconds: number;
  kioskLifeSeconds: number;
}): Tokens {
  const { secret, now } = options;
  const nowSeconds = () => Math.floor(now() / 1_000);

  function sign(payload: Record<string, unknown>, lifeSeconds: number): string {
    const iat = nowSeconds();
    return jwt.sign({ ...payload, iss: issuer, iat, exp: iat + lifeSeconds }, secret, { algorithm: 'HS256' });
  }

  function verify<Payload extends z.ZodType<{ iat: number; exp: number }>>(
    token: string,
    payload: Payload,
    audience: string,
  ): z.output<Payload> {
    try {
      if (token.length > maxTokenLength) throw new Error('too long');
      const verified = jwt.verify(token, secret, {
        algorithms: ['HS256'],
        issuer,
        audience,
        clockTimestamp: nowSeconds(),
        clockTolerance: leewaySeconds,
        complete: true,
      });
      header.parse(verified.header);
      const claims = payload.parse(verified.payload);
      if (claims.iat > nowSeconds() + leewaySeconds) throw new Error('made in the future');
      return claims;
    } catch (cause) {
      throw new AssistError('unauthenticated', 'the token does not count', { cause });
    }
  }

  return {
    signStaff: ({ staffId, role, sessionId }) =>
      sign({ sub: staffId, typ: 'staff', aud: 'bangban:staff', role, sid: sessionId }, options.staffLifeSeconds),
    signKiosk: ({ kioskId, tokenVersion }) =>
      sign({ sub: kioskId, typ: 'kiosk', aud: 'bangban:kiosk', ver: tokenVersion }, options.kioskLifeSeconds),
    verifyStaff(token) {
      const { sub, role, sid, exp } = verify(token, staffPayload, 'bangban:staff');
      return { staffId: sub, role, sessionId: sid, expiresAtMs: exp * 1_000 };
    },
    verifyKiosk(token) {
      const { sub, ver, exp } = verify(token, kioskPayload, 'bangban:kiosk');
      return { kioskId: sub, tokenVersion: ver, expiresAtMs: exp * 1_000 };
    },
  };
}
