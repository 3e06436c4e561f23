import { KioskId } from '@bangban/protocol';
import type { EnrolmentCodes, KioskDirectory, RegisteredKiosk } from '../../kiosks/kiosk-directory.ts';
import type { DirectoryDatabase } from './open-directory.ts';
import type { KioskTable } from './schema.ts';

/** Kiosks in the directory database. */
export function createKioskDirectory(database: DirectoryDatabase): KioskDirectory {
  return {
    async find(kioskId) {
      const row = await database.selectFrom('kiosks').selectAll().where('kiosk_id', '=', kioskId).executeTakeFirst();
      return row && toKiosk(row);
    },
    async list() {
      const rows = await database.selectFrom('kiosks').selectAll().orderBy('kiosk_id').execute();
      return rows.map(toKiosk);
    },
    async replaceToken(kioskId, state) {
      const { token_version } = await database
        .updateTable('kiosks')
        .set((row) => ({ state, token_version: row('token_version', '+', 1) }))
        .where('kiosk_id', '=', kioskId)
        .returning('token_version')
        .executeTakeFirstOrThrow();
      return token_version;
    },
  };
}

/** One-time enrolment codes in the directory database. */
export function createEnrolmentCodes(database: DirectoryDatabase): EnrolmentCodes {
  return {
    async replace({ kioskId, codeHash, expiresAtMs }) {
      const code = { code_hash: codeHash, expires_at_ms: expiresAtMs, used_at_ms: null };
      await database
        .insertInto('enrolment_codes')
        .values({ kiosk_id: kioskId, ...code })
        .onConflict((conflict) => conflict.column('kiosk_id').doUpdateSet(code))
        .execute();
    },
    async use(codeHash, nowMs) {
      // One statement, so that of two who type the same code at once one is refused.
      const used = await database
        .updateTable('enrolment_codes')
        .set({ used_at_ms: nowMs })
        .where('code_hash', '=', codeHash)
        .where('used_at_ms', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .returning('kiosk_id')
        .executeTakeFirst();
      return used && KioskId.parse(used.kiosk_id);
    },
    async withdraw(kioskId) {
      await database.deleteFrom('enrolment_codes').where('kiosk_id', '=', kioskId).execute();
    },
  };
}

function toKiosk(row: KioskTable): RegisteredKiosk {
  return {
    kioskId: KioskId.parse(row.kiosk_id),
    name: row.name,
    site: row.site,
    region: row.region,
    state: row.state,
    tokenVersion: row.token_version,
  };
}
