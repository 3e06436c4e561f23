import { AssistError } from '@bangban/protocol/plain';
import { describe, expect, it } from 'vitest';
import { settle } from '../../test/fake-timers.ts';
import { adminKiosks } from '../../test/views.ts';
import { createKioskAdmin, type KioskAdminApi } from './kiosk-admin.ts';

async function adminOf(api: Partial<KioskAdminApi> = {}) {
  const admin = createKioskAdmin({
    api: {
      listKiosks: async () => ({ kiosks: adminKiosks() }),
      createEnrolmentCode: async () => ({ code: 'ABCD-EFGH', expiresInSeconds: 600 }),
      revokeKiosk: async (kioskId) => {
        const [found] = adminKiosks().filter((kiosk) => kiosk.kioskId === kioskId);
        if (found === undefined) throw new AssistError('not-found', 'test');
        return { ...found, state: 'revoked', connected: false };
      },
      ...api,
    },
    monotonicMs: () => 5_000,
  });
  await settle();
  const [first] = admin.get().kiosks;
  return { admin, first };
}

describe('kiosk admin (CONSOLE)', () => {
  it('[CONSOLE-25] a code is shown with the end of its life, and forgotten', async () => {
    const { admin, first } = await adminOf();
    if (first === undefined) throw new Error('no kiosk');
    await admin.createCode(first);
    expect(admin.get()).toMatchObject({ busy: null, code: { code: 'ABCD-EFGH', expiresAtMs: 605_000 } });
    admin.forgetCode();
    expect(admin.get().code).toBeNull();
  });

  it('[CONSOLE-26] a revoked kiosk shows as such', async () => {
    const { admin, first } = await adminOf();
    if (first === undefined) throw new Error('no kiosk');
    await admin.revoke(first);
    expect(admin.get().kiosks[0]).toMatchObject({ state: 'revoked', connected: false });
  });

  it('[CONSOLE-19] what is refused is shown, and the list stays', async () => {
    const refuse = async () => {
      throw new AssistError('forbidden', 'test');
    };
    const { admin, first } = await adminOf({ revokeKiosk: refuse });
    if (first === undefined) throw new Error('no kiosk');
    await admin.revoke(first);
    expect(admin.get()).toMatchObject({ busy: null, problem: { code: 'forbidden' }, list: 'loaded' });
  });

  it('[CONSOLE-11] a list that cannot be loaded says so, and can be asked for again', async () => {
    let isUp = false;
    const { admin } = await adminOf({
      async listKiosks() {
        if (!isUp) throw new AssistError('unreachable', 'test');
        return { kiosks: adminKiosks() };
      },
    });
    expect(admin.get()).toMatchObject({ list: 'failed', problem: { code: 'unreachable' } });
    isUp = true;
    await admin.reload();
    expect(admin.get()).toMatchObject({ list: 'loaded', problem: null });
  });
});
