import Database from 'better-sqlite3';
import type { Agent } from '../agents/agent.ts';
import type { Call, CallIn } from '../call/call.ts';
import { CannotStart } from '../cannot-start.ts';
import {
  type CommandOutcome,
  type DeskChange,
  type DeskStore,
  StaleRevision,
  type TimelineEvent,
} from '../desk/desk-store.ts';
import type { HandlingTime } from '../queue/handling-time.ts';

/** Each entry takes the schema from the version that is its index to the next. Never edited, only appended to. */
const migrations = [
  `
  CREATE TABLE desk (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL, at INTEGER NOT NULL);
  INSERT INTO desk VALUES (1, 0, 0);
  CREATE TABLE calls (call_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE closed_calls (
    call_id TEXT PRIMARY KEY, kiosk_id TEXT NOT NULL, reason TEXT NOT NULL, ended_at INTEGER NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX closed_calls_by_end ON closed_calls (ended_at);
  CREATE TABLE agents (staff_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE handling_times (service_code TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE timeline (
    call_id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (call_id, seq)
  ) WITHOUT ROWID;
  CREATE TABLE outcomes (
    sender TEXT NOT NULL, command_id TEXT NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (sender, command_id)
  ) WITHOUT ROWID;
  CREATE INDEX outcomes_by_time ON outcomes (at);
  `,
] as const;

/** How much write-ahead log gathers before it is folded into the database file: 4 MB. */
const CHECKPOINT_PAGES = 1_000;

/**
 * The embedded desk store: one SQLite file, written ahead and synced at every commit. The file belongs to one process at
 * a time.
 *
 * @param path the database file; its folder must exist
 * @throws CannotStart when the file is in use, is not a desk store, or comes from a newer version of the program
 */
export function openSqliteDeskStore(path: string): DeskStore {
  const database = openDatabase(path);
  const statements = prepare(database);

  const write = database.transaction((change: DeskChange, expectedRevision: number) => {
    const { changes } = statements.advance.run({ at: change.at, expectedRevision });
    if (changes !== 1) throw new StaleRevision(expectedRevision, statements.desk.get()?.revision ?? -1);
    for (const call of change.calls) statements.putCall.run(call.callId, JSON.stringify(call));
    for (const call of change.closed) {
      statements.removeCall.run(call.callId);
      statements.closeCall.run(call.callId, call.kiosk.kioskId, call.reason, call.endedAt, JSON.stringify(call));
    }
    for (const agent of change.agents) statements.putAgent.run(agent.profile.staffId, JSON.stringify(agent));
    for (const time of change.handlingTimes) statements.putTime.run(time.serviceCode, JSON.stringify(time));
    for (const event of change.timeline) {
      statements.addEvent.run(event.callId, event.seq, event.at, event.type, JSON.stringify(event.facts));
    }
    statements.forgetOutcomes.run(change.forgetOutcomesBefore);
    for (const { sender, commandId, at, result } of change.outcomes) {
      statements.putOutcome.run(sender, commandId, at, JSON.stringify(result));
    }
  });

  return {
    async load({ closedSinceMs }) {
      const { revision, at } = statements.desk.get() ?? { revision: 0, at: 0 };
      return {
        revision,
        at,
        calls: statements.calls.all().map(parseBody<Call>),
        closed: statements.closedSince.all(at - closedSinceMs).map(parseBody<CallIn<'closed'>>),
        agents: statements.agents.all().map(parseBody<Agent>),
        handlingTimes: statements.times.all().map(parseBody<HandlingTime>),
        // The columns are selected under the names of these fields.
        outcomes: statements.outcomeKeys.all() as Pick<CommandOutcome, 'sender' | 'commandId' | 'at'>[],
      };
    },

    async commit(change, expectedRevision) {
      write.immediate(change, expectedRevision);
    },

    async outcome(sender, commandId) {
      const row = statements.outcome.get(sender, commandId);
      return row && { sender, commandId, at: row.at, result: JSON.parse(row.result) };
    },

    async timeline(callId) {
      const rows = statements.timeline.all(callId);
      return rows.map(
        ({ facts, ...event }) => ({ callId, ...event, facts: JSON.parse(facts) }) satisfies TimelineEvent,
      );
    },

    async close() {
      database.close();
    },
  };
}

/** Bodies are written by this file only, from the very types that `load` promises. */
function parseBody<Value>({ body }: { body: string }): Value {
  return JSON.parse(body);
}

function openDatabase(path: string): Database.Database {
  try {
    const database = new Database(path, { timeout: 0 });
    try {
      // One process owns the file: the lock is taken once and kept, and another process is told so at once.
      database.pragma('locking_mode = EXCLUSIVE');
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      migrate(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(explain(path, error), { cause: error });
  }
}

function migrate(database: Database.Database, path: string): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  if (found > migrations.length) {
    throw new CannotStart(`${path} was written by a newer version of Bangban (schema ${found}). Start that version.`);
  }
  database
    .transaction(() => {
      for (const migration of migrations.slice(found)) database.exec(migration);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

function explain(path: string, error: unknown): string {
  const code = error instanceof Database.SqliteError ? error.code : undefined;
  if (code?.startsWith('SQLITE_BUSY')) return `${path} is in use by another process: is Bangban running already?`;
  if (code?.startsWith('SQLITE_READONLY')) return `${path} is read-only: the desk must be able to write to it.`;
  if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT')) {
    return `${path} is damaged or not a database: move it away, or restore it from a backup.`;
  }
  // The library looks for the folder itself and throws a plain TypeError.
  if (code?.startsWith('SQLITE_CANTOPEN') || error instanceof TypeError)
    return `${path} cannot be opened: its folder must exist and be writable.`;
  return `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
}

function prepare(database: Database.Database) {
  type Body = { body: string };
  const put = (table: string, key: string) =>
    database.prepare<[string, string]>(
      `INSERT INTO ${table} (${key}, body) VALUES (?, ?) ON CONFLICT (${key}) DO UPDATE SET body = excluded.body`,
    );
  return {
    desk: database.prepare<[], { revision: number; at: number }>('SELECT revision, at FROM desk'),
    advance: database.prepare('UPDATE desk SET revision = revision + 1, at = @at WHERE revision = @expectedRevision'),
    calls: database.prepare<[], Body>('SELECT body FROM calls'),
    putCall: put('calls', 'call_id'),
    removeCall: database.prepare<[string]>('DELETE FROM calls WHERE call_id = ?'),
    closeCall: database.prepare(
      'INSERT INTO closed_calls (call_id, kiosk_id, reason, ended_at, body) VALUES (?, ?, ?, ?, ?)',
    ),
    closedSince: database.prepare<[number], Body>(
      'SELECT body FROM closed_calls WHERE ended_at >= ? ORDER BY ended_at',
    ),
    agents: database.prepare<[], Body>('SELECT body FROM agents'),
    putAgent: put('agents', 'staff_id'),
    times: database.prepare<[], Body>('SELECT body FROM handling_times'),
    putTime: put('handling_times', 'service_code'),
    addEvent: database.prepare('INSERT INTO timeline (call_id, seq, at, type, facts) VALUES (?, ?, ?, ?, ?)'),
    timeline: database.prepare<[string], { seq: number; at: number; type: string; facts: string }>(
      'SELECT seq, at, type, facts FROM timeline WHERE call_id = ? ORDER BY seq',
    ),
    outcome: database.prepare<[string, string], { at: number; result: string }>(
      'SELECT at, result FROM outcomes WHERE sender = ? AND command_id = ?',
    ),
    outcomeKeys: database.prepare<[]>('SELECT sender, command_id AS commandId, at FROM outcomes ORDER BY at'),
    putOutcome: database.prepare(
      'INSERT OR REPLACE INTO outcomes (sender, command_id, at, result) VALUES (?, ?, ?, ?)',
    ),
    forgetOutcomes: database.prepare<[number]>('DELETE FROM outcomes WHERE at < ?'),
  };
}
