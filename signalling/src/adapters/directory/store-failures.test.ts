import { describe, expect, it } from 'vitest';
import { namingStoreFailures } from './store-failures.ts';

const failingWith = (code: string) =>
  namingStoreFailures({
    async read() {
      throw Object.assign(new Error('database or disk is full'), { code });
    },
  });

describe('store failures (ACCESS)', () => {
  it.each(['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR_WRITE', 'SQLITE_BUSY'])(
    '[ACCESS-19] %s is named as what it is',
    async (code) => {
      await expect(failingWith(code).read()).rejects.toMatchObject({ code: 'store-unavailable' });
    },
  );

  it('[ACCESS-19] a bug stays a bug, and an answer an answer', async () => {
    await expect(failingWith('SQLITE_CONSTRAINT').read()).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT' });
    const port = namingStoreFailures({ read: async (id: string) => `read ${id}` });
    await expect(port.read('x')).resolves.toBe('read x');
  });
});
