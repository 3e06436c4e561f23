import { KioskId } from '@bangban/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTokens } from '../access/tokens.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import type { RegisteredKiosk } from './kiosk-directory.ts';

const kioskId = KioskId.parse('kiosk-001');
let now: number;
let kiosks: Map<string, RegisteredKiosk>;
let codes: Map<string, { kioskId: KioskId; codeHash: string; expiresAtMs: number; isUsed: boolean }>;
let enrolment: Enrolment;
let replaced: unknown[];
beforeEach(() => {
  now = 1_790_000_000_000;
  kiosks = new Map([
    [kioskId, { kioskId, name: 'n', site: 's', region: 'r', state: 'not-enrolled' as const, tokenVersion: 0 }],
  ]);
  codes = new Map();
  replaced = [];
  enrolment = createEnrolment({
    directory: {
      find: async (id) => kiosks.get(id),
      list: async () => [...kiosks.values()],
      async replaceToken(id, state) {
        const kiosk = kiosks.get(id);
        if (!kiosk) throw new Error('no such kiosk');
        kiosks.set(id, { ...kiosk, state, tokenVersion: kiosk.tokenVersion + 1 });
        return kiosk.tokenVersion + 1;
      },
    },
    codes: {
      replace: async (code) => void codes.set(code.kioskId, { ...code, isUsed: false }),
      async use(codeHash, nowMs) {
        const code = [...codes.values()].find((each) => each.codeHash === codeHash);
        if (!code || code.isUsed || code.expiresAtMs <= nowMs) return undefined;
        code.isUsed = true;
        return code.kioskId;
      },
      withdraw: async (id) => void codes.delete(id),
    },
    tokens: createTokens({
      secret: 'kV8s-3nQz1xTfW0bYcL7dRmJ4uHpG2aE9iOo6',
      now: () => now,
      staffLifeSeconds: 600,
      kioskLifeSeconds: 86_400,
    }),
    now: () => now,
    codeLifeSeconds: 3_600,
  });
  enrolment.onTokenReplaced((...change) => replaced.push(change));
});

const refused = { code: 'enrolment-refused' };
const worthless = { code: 'unauthenticated' };

describe('enrolment (ACCESS)', () => {
  it('[ACCESS-12] a code is easy to read, kept as a hash, and works once', async () => {
    const { code, expiresInSeconds } = await enrolment.createCode(kioskId);
    expect(code).toMatch(/^[A-HJ-KM-NP-Z2-9]{4}(-[A-HJ-KM-NP-Z2-9]{4}){2}$/);
    expect(expiresInSeconds).toBe(3_600);
    expect(JSON.stringify([...codes.values()])).not.toContain(code.replaceAll('-', ''));
    await enrolment.enrol(code.toLowerCase());
    await expect(enrolment.enrol(code)).rejects.toMatchObject(refused);
  });

  it('[ACCESS-12] a code expires', async () => {
    const { code } = await enrolment.createCode(kioskId);
    now += 3_600_000;
    await expect(enrolment.enrol(code)).rejects.toMatchObject(refused);
  });

  it('[ACCESS-12] a newer code replaces the older ones, and a revocation withdraws it', async () => {
    const { code: older } = await enrolment.createCode(kioskId);
    const { code: newer } = await enrolment.createCode(kioskId);
    await expect(enrolment.enrol(older)).rejects.toMatchObject(refused);
    await enrolment.revoke(kioskId);
    await expect(enrolment.enrol(newer)).rejects.toMatchObject(refused);
  });

  it('[ACCESS-13] only the newest device token of a kiosk counts', async () => {
    const first = await enrolment.enrol((await enrolment.createCode(kioskId)).code);
    expect((await enrolment.verify(first.deviceToken)).kioskId).toBe(kioskId);
    const second = await enrolment.rotate(kioskId);
    await expect(enrolment.verify(first.deviceToken)).rejects.toMatchObject(worthless);
    await enrolment.revoke(kioskId);
    await expect(enrolment.verify(second.deviceToken)).rejects.toMatchObject(worthless);
    expect(replaced).toEqual([
      [kioskId, 'enrolled'],
      [kioskId, 'rotated'],
      [kioskId, 'revoked'],
    ]);
  });

  it('[ACCESS-13] a revoked kiosk comes back with a new code only, not as a demo', async () => {
    await enrolment.revoke(kioskId);
    await expect(enrolment.enrolDemo(kioskId)).rejects.toMatchObject({ code: 'forbidden' });
    const { deviceToken } = await enrolment.enrol((await enrolment.createCode(kioskId)).code);
    expect((await enrolment.verify(deviceToken)).kioskId).toBe(kioskId);
  });

  it('[ACCESS-13] demo pages share the token of their kiosk: a second one does not end the first', async () => {
    const first = await enrolment.enrolDemo(kioskId);
    await enrolment.enrolDemo(kioskId);
    expect((await enrolment.verify(first.deviceToken)).kioskId).toBe(kioskId);
  });

  it('[ACCESS-12] knows no kiosk that is not registered', async () => {
    await expect(enrolment.createCode(KioskId.parse('kiosk-999'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
