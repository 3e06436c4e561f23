import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { DirectoryTables } from './schema.ts';

export type DirectoryDatabase = Kysely<DirectoryTables>;

/**
 * Opens `DATA_DIR/bangban.db` and brings its tables up to date. Whoever opens it calls `destroy()` once.
 *
 * @throws when the folder or file cannot be written, or the file was written by a newer version
 */
export async function openDirectory(dataDir: string): Promise<DirectoryDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = new Sqlite(join(dataDir, 'bangban.db'));
  file.pragma('journal_mode = WAL');
  // FULL: what was acknowledged survives a power cut.
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  const database = new Kysely<DirectoryTables>({ dialect: new SqliteDialect({ database: file }) });
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error) {
    await database.destroy();
    throw error;
  }
  return database;
}
