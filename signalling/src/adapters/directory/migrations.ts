import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every change of the tables, in the order of their names. A released one is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': {
    async up(database: Kysely<unknown>) {
      const { schema } = database;
      await schema
        .createTable('staff')
        .addColumn('staff_id', 'text', (column) => column.primaryKey())
        .addColumn('user_name', 'text', (column) => column.notNull().unique())
        .addColumn('display_name', 'text', (column) => column.notNull())
        .addColumn('number', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('skills', 'text', (column) => column.notNull())
        .addColumn('languages', 'text', (column) => column.notNull())
        .addColumn('password_hash', 'text', (column) => column.notNull())
        .addColumn('disabled_at_ms', 'bigint')
        .execute();
      await schema
        .createTable('kiosks')
        .addColumn('kiosk_id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('site', 'text', (column) => column.notNull())
        .addColumn('region', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('token_version', 'integer', (column) => column.notNull())
        .execute();
      await schema
        .createTable('enrolment_codes')
        .addColumn('kiosk_id', 'text', (column) => column.primaryKey().references('kiosks.kiosk_id'))
        .addColumn('code_hash', 'text', (column) => column.notNull().unique())
        .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('used_at_ms', 'bigint')
        .execute();
      await schema
        .createTable('service_items')
        .addColumn('code', 'text', (column) => column.primaryKey())
        .addColumn('sort_order', 'integer', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('department', 'text', (column) => column.notNull())
        .addColumn('guide', 'text', (column) => column.notNull())
        .addColumn('skills', 'text', (column) => column.notNull())
        .addColumn('priority', 'integer', (column) => column.notNull())
        .execute();
      await schema
        .createTable('sessions')
        .addColumn('session_id', 'text', (column) => column.primaryKey())
        .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
        .addColumn('refresh_hash', 'text', (column) => column.notNull())
        .addColumn('previous_hash', 'text')
        .addColumn('rotated_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('ended_at_ms', 'bigint')
        .execute();
      await schema
        .createTable('audit')
        .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('at_ms', 'bigint', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('act', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('detail', 'text')
        .execute();
      await schema.createIndex('audit_at').on('audit').column('at_ms').execute();
      for (const act of ['update', 'delete'] as const) {
        // SQLite only; on PostgreSQL the program's role is simply not granted these rights.
        await sql`
          create trigger ${sql.ref(`audit_no_${act}`)} before ${sql.raw(act)} on audit
          begin select raise(abort, 'the audit is append-only'); end
        `.execute(database);
      }
    },
  },
};
