import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createMemoryDeskStore, emptyContents } from '../src/adapters/memory-desk-store.ts';
import { openSqliteDeskStore } from '../src/adapters/sqlite-desk-store.ts';
import { describeDeskStore } from '../src/desk/desk-store.contract.ts';
import { emptyChange } from '../src/desk/desk-store.ts';

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'bangban-desk-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

describeDeskStore('memory', () => {
  const contents = emptyContents();
  return { open: () => createMemoryDeskStore(contents), remove: () => undefined };
});

describeDeskStore('SQLite', () => {
  const folder = temporaryFolder();
  return { open: () => openSqliteDeskStore(join(folder.path, 'desk.db')), remove: () => folder[Symbol.dispose]() };
});

describe('a database file', () => {
  it('[STORE-7] belongs to one process at a time', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'desk.db');
    const store = openSqliteDeskStore(path);
    expect(() => openSqliteDeskStore(path)).toThrow(/in use by another process/);
    await store.close();
    await openSqliteDeskStore(path).close();
  });

  it('[STORE-8] that is no database is refused', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'desk.db');
    writeFileSync(path, 'not a database'.repeat(1_000));
    expect(() => openSqliteDeskStore(path)).toThrow(/damaged or not a database/);
  });

  it('[STORE-8] from a newer version is refused', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'desk.db');
    const newer = new Database(path);
    newer.pragma('user_version = 99');
    newer.close();
    expect(() => openSqliteDeskStore(path)).toThrow(/newer version of Bangban \(schema 99\)/);
  });

  it('[STORE-8] in a folder that is not there is refused', () => {
    expect(() => openSqliteDeskStore('/nowhere/desk.db')).toThrow(/folder must exist/);
  });

  it('[STORE-3] a commit that fails has changed nothing', async () => {
    using folder = temporaryFolder();
    const store = openSqliteDeskStore(join(folder.path, 'desk.db'));
    const event = { callId: 'call-1' as never, seq: 1, at: 1, type: 'offer', facts: {} };
    await store.commit({ ...emptyChange(1), timeline: [event] }, 0);
    // The same event twice breaks the key of the timeline after other rows have been written.
    const outcome = {
      sender: 'k' as never,
      commandId: 'c' as never,
      at: 1,
      result: { ok: true, value: null },
    } as const;
    await expect(store.commit({ ...emptyChange(2), timeline: [event], outcomes: [outcome] }, 1)).rejects.toThrow();
    expect(await store.load({ closedSinceMs: 0 })).toMatchObject({ revision: 1, at: 1, outcomes: [] });
    await store.close();
  });
});

describe('a killed process', () => {
  const writer = new URL('./fixture-desk-writer.ts', import.meta.url).pathname;
  const kills = 20;

  it('[STORE-9] loses no acknowledged commit, wherever it was', { timeout: 180_000 }, async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'desk.db');
    let acknowledged = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const child = spawn(process.execPath, [writer, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = once(child, 'exit');
      const lines = createInterface({ input: child.stdout });
      // Somewhere in the commit after so many others: the kill arrives when the next one is under way.
      const goal = acknowledged + 1 + ((kill * 37) % 60);
      for await (const line of lines) {
        acknowledged = Math.max(acknowledged, Number(line));
        if (acknowledged >= goal) child.kill('SIGKILL');
      }
      await exited;

      const store = openSqliteDeskStore(path);
      const { revision, calls } = await store.load({ closedSinceMs: 0 });
      await store.close();
      // One more may have become durable without the child having said so.
      expect(revision).toBeGreaterThanOrEqual(acknowledged);
      expect(revision).toBeLessThanOrEqual(acknowledged + 1);
      expect(calls).toHaveLength(revision);
      const database = new Database(path);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
      acknowledged = revision;
    }
    expect(acknowledged).toBeGreaterThan(kills);
  });
});
