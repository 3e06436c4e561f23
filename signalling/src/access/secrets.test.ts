import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';

describe('secrets (ACCESS)', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bangban-secrets-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('[ACCESS-1] makes two different secrets on the first run, private to this user, and keeps them', () => {
    const first = loadSecrets({ dataDir });
    expect(first.tokenSecret).not.toBe(first.linkToken);
    expect(loadSecrets({ dataDir })).toEqual(first);
    expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'secrets', 'token-secret')).mode & 0o777).toBe(0o600);
  });

  it('[ACCESS-1] the configuration overrides them and writes nothing', () => {
    const secrets = loadSecrets({ dataDir, tokenSecret: 'from-the-environment', linkToken: 'also-from-there' });
    expect(secrets).toEqual({ tokenSecret: 'from-the-environment', linkToken: 'also-from-there' });
    expect(statSync(join(dataDir, 'secrets'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each([
    ['folder', 'secrets', 0o750],
    ['file', 'secrets/link-token', 0o644],
  ])('[ACCESS-2] refuses a %s that others may read', (_, name, mode) => {
    loadSecrets({ dataDir });
    chmodSync(join(dataDir, name), mode);
    expect(() => loadSecrets({ dataDir })).toThrow(/chmod [67]00/);
  });

  it('[ACCESS-2] refuses a secret file that holds too little, without repeating it', () => {
    const { tokenSecret } = loadSecrets({ dataDir });
    const path = join(dataDir, 'secrets', 'token-secret');
    writeFileSync(path, tokenSecret.slice(0, 20));
    expect(() => loadSecrets({ dataDir })).toThrow(/too short/);
    expect(() => loadSecrets({ dataDir })).not.toThrow(tokenSecret.slice(0, 20));
    expect(readFileSync(path, 'utf8')).toBe(tokenSecret.slice(0, 20));
  });
});
