import { createHash, randomInt } from 'node:crypto';
import { AssistError, type KioskId } from '@bangban/protocol';
import type { KioskClaims, Tokens } from '../access/tokens.ts';
import type { EnrolmentCodes, KioskDirectory, RegisteredKiosk } from './kiosk-directory.ts';

type DeviceGrant = { kioskId: KioskId; deviceToken: string };

/** How kiosks come to hold a device token, and how they lose it. */
export type Enrolment = {
  /** A code for one kiosk; its earlier codes stop working. @throws AssistError `not-found` */
  createCode(kioskId: KioskId): Promise<{ code: string; expiresInSeconds: number }>;
  /** @throws AssistError `enrolment-refused`, the same for wrong, used and expired codes */
  enrol(code: string): Promise<DeviceGrant>;
  /** A device token for the demo page: works beside those it already has. @throws AssistError `not-found`, `forbidden` */
  enrolDemo(kioskId: KioskId): Promise<DeviceGrant & { kiosk: RegisteredKiosk }>;
  /** A new device token; the one it was asked with stops working. */
  rotate(kioskId: KioskId): Promise<DeviceGrant>;
  /** @throws AssistError `not-found` */
  revoke(kioskId: KioskId): Promise<RegisteredKiosk>;
  /** Verifies a device token, also that it is the kiosk's newest one. @throws AssistError `unauthenticated` */
  verify(deviceToken: string): Promise<KioskClaims & { kiosk: RegisteredKiosk }>;
  list(): Promise<RegisteredKiosk[]>;
  /** Runs when a kiosk's device token stopped counting. Returns the unsubscription. */
  onTokenReplaced(listener: (kioskId: KioskId, cause: ReplacementCause) => void): () => void;
};

/** `enrolled`: another device took over; `rotated`: the same device has a new token; `revoked`: nobody has one. */
type ReplacementCause = 'enrolled' | 'rotated' | 'revoked';

/** No letters or digits that look alike on a small screen (0 O, 1 I L). */
const codeAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
/** 31^12 is about 2^59: an hour of guessing at the API's rate limit finds one with a chance below 10^-12. */
const codeLength = 12;

const makeCode = () =>
  Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Typed codes may come in small letters, with or without dashes and spaces. */
const hashOf = (code: string) =>
  createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, '')).digest('base64url');

export function createEnrolment(options: {
  directory: KioskDirectory;
  codes: EnrolmentCodes;
  tokens: Pick<Tokens, 'signKiosk' | 'verifyKiosk'>;
  now(): number;
  codeLifeSeconds: number;
}): Enrolment {
  const { directory, codes, tokens, now, codeLifeSeconds } = options;
  const listeners = new Set<(kioskId: KioskId, cause: ReplacementCause) => void>();

  async function registered(kioskId: KioskId): Promise<RegisteredKiosk> {
    const kiosk = await directory.find(kioskId);
    if (!kiosk) throw new AssistError('not-found', 'no such kiosk');
    return kiosk;
  }

  async function replaceToken(kioskId: KioskId, cause: ReplacementCause): Promise<number> {
    const tokenVersion = await directory.replaceToken(kioskId, cause === 'revoked' ? 'revoked' : 'enrolled');
    for (const listener of listeners) listener(kioskId, cause);
    return tokenVersion;
  }

  const grant = (kioskId: KioskId, tokenVersion: number): DeviceGrant => ({
    kioskId,
    deviceToken: tokens.signKiosk({ kioskId, tokenVersion }),
  });

  return {
    async createCode(kioskId) {
      await registered(kioskId);
      const code = makeCode();
      await codes.replace({ kioskId, codeHash: hashOf(code), expiresAtMs: now() + codeLifeSeconds * 1_000 });
      return { code, expiresInSeconds: codeLifeSeconds };
    },

    async enrol(code) {
      const kioskId = await codes.use(hashOf(code), now());
      if (kioskId === undefined) throw new AssistError('enrolment-refused', 'no such code, or used, or expired');
      return grant(kioskId, await replaceToken(kioskId, 'enrolled'));
    },

    async enrolDemo(kioskId) {
      const kiosk = await registered(kioskId);
      if (kiosk.state === 'revoked') throw new AssistError('forbidden', 'the kiosk was revoked');
      const isFirst = kiosk.state === 'not-enrolled';
      const tokenVersion = isFirst ? await replaceToken(kioskId, 'enrolled') : kiosk.tokenVersion;
      return { ...grant(kioskId, tokenVersion), kiosk };
    },

    rotate: async (kioskId) => grant(kioskId, await replaceToken(kioskId, 'rotated')),

    async revoke(kioskId) {
      await registered(kioskId);
      await codes.withdraw(kioskId);
      await replaceToken(kioskId, 'revoked');
      return registered(kioskId);
    },

    async verify(deviceToken) {
      const claims = tokens.verifyKiosk(deviceToken);
      const kiosk = await directory.find(claims.kioskId);
      if (kiosk?.state !== 'enrolled' || kiosk.tokenVersion !== claims.tokenVersion) {
        throw new AssistError('unauthenticated', 'the device token was replaced or revoked');
      }
      return { ...claims, kiosk };
    },

    list: () => directory.list(),

    onTokenReplaced(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
