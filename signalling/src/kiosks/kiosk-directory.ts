import type { KioskAdminView, KioskId, KioskPlace } from '@bangban/protocol';

/** A kiosk as the city registered it. Only the device token with the current version counts. */
export type RegisteredKiosk = KioskPlace & { state: KioskAdminView['state']; tokenVersion: number };

export type KioskDirectory = {
  find(kioskId: KioskId): Promise<RegisteredKiosk | undefined>;
  list(): Promise<RegisteredKiosk[]>;
  /** Makes every earlier device token worthless and sets the state. Gives the new token version. */
  replaceToken(kioskId: KioskId, state: 'enrolled' | 'revoked'): Promise<number>;
};

/** One-time enrolment codes, by hash. A kiosk has at most one that works. */
export type EnrolmentCodes = {
  replace(code: { kioskId: KioskId; codeHash: string; expiresAtMs: number }): Promise<void>;
  /** The kiosk of a code that is unused and not expired; it is used from now on, whatever happens. */
  use(codeHash: string, nowMs: number): Promise<KioskId | undefined>;
  withdraw(kioskId: KioskId): Promise<void>;
};
