import type { Audit } from '../../access/audit.ts';
import type { Log } from '../../logging/log.ts';
import type { DirectoryDatabase } from './open-directory.ts';

/** Longer facts are cut: a flood of refusals must not fill the disk. */
const maxTextLength = 200;

/** The audit table. @param now UTC milliseconds */
export function createAuditLog(database: DirectoryDatabase, options: { now(): number; log: Log }): Audit {
  return {
    record({ actor, source, act, outcome, detail }) {
      const cut = (text: string) => text.slice(0, maxTextLength);
      database
        .insertInto('audit')
        .values({
          at_ms: options.now(),
          actor: cut(actor),
          source: cut(source),
          act: cut(act),
          outcome,
          detail: detail === undefined ? null : cut(detail),
        })
        .execute()
        .catch((error: unknown) => options.log.error({ err: error, act, outcome }, 'the audit could not be written'));
    },
  };
}
