import { StaffId } from '@bangban/protocol';
import type { SessionStore } from '../../access/sessions.ts';
import type { DirectoryDatabase } from './open-directory.ts';

/** Staff sessions in the directory database. */
export function createSessionStore(database: DirectoryDatabase): SessionStore {
  return {
    async insert(session) {
      await database
        .insertInto('sessions')
        .values({
          session_id: session.sessionId,
          staff_id: session.staffId,
          refresh_hash: session.refreshHash,
          previous_hash: session.previousHash,
          rotated_at_ms: session.rotatedAtMs,
          expires_at_ms: session.expiresAtMs,
          ended_at_ms: session.endedAtMs,
        })
        .execute();
    },
    async find(sessionId) {
      const query = database.selectFrom('sessions').selectAll().where('session_id', '=', sessionId);
      const row = await query.executeTakeFirst();
      return (
        row && {
          sessionId: row.session_id,
          staffId: StaffId.parse(row.staff_id),
          refreshHash: row.refresh_hash,
          previousHash: row.previous_hash,
          rotatedAtMs: row.rotated_at_ms,
          expiresAtMs: row.expires_at_ms,
          endedAtMs: row.ended_at_ms,
        }
      );
    },
    async rotate(sessionId, { fromHash, toHash, atMs }) {
      const { numUpdatedRows } = await database
        .updateTable('sessions')
        .set({ refresh_hash: toHash, previous_hash: fromHash, rotated_at_ms: atMs })
        .where('session_id', '=', sessionId)
        .where('refresh_hash', '=', fromHash)
        .where('ended_at_ms', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async end(sessionId, atMs) {
      const { numUpdatedRows } = await database
        .updateTable('sessions')
        .set({ ended_at_ms: atMs })
        .where('session_id', '=', sessionId)
        .where('ended_at_ms', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async forget(beforeMs) {
      await database
        .deleteFrom('sessions')
        .where((where) => where.or([where('expires_at_ms', '<', beforeMs), where('ended_at_ms', '<', beforeMs)]))
        .execute();
    },
  };
}
