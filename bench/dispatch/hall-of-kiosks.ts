import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KioskId } from '@bangban/protocol';
import { createTokens } from '../../signalling/src/access/tokens.ts';
import { openDirectory } from '../../signalling/src/adapters/directory/open-directory.ts';

/** A data folder in which so many kiosks are enrolled already, and what they prove themselves with. */
export type HallOfKiosks = AsyncDisposable & {
  /** For the program that is to run over this folder. */
  env: { DATA_DIR: string; TOKEN_SECRET: string; MAX_CONNECTS_PER_SECOND: string };
  deviceTokens: readonly string[];
};

export async function buildHallOfKiosks(count: number): Promise<HallOfKiosks> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bangban-hall-'));
  const secret = randomBytes(48).toString('base64url');
  const kioskIds = Array.from({ length: count }, (_, index) => KioskId.parse(`bench-${index}`));
  const directory = await openDirectory(dataDir);
  await directory
    .insertInto('kiosks')
    .values(
      kioskIds.map((kioskId) => ({
        kiosk_id: kioskId,
        name: '自助终端',
        site: '政务服务中心',
        region: '姑苏区',
        state: 'enrolled' as const,
        token_version: 1,
      })),
    )
    .execute();
  await directory.destroy();
  const tokens = createTokens({ secret, now: () => Date.now(), staffLifeSeconds: 600, kioskLifeSeconds: 3_600 });
  return {
    env: { DATA_DIR: dataDir, TOKEN_SECRET: secret, MAX_CONNECTS_PER_SECOND: '100000' },
    deviceTokens: kioskIds.map((kioskId) => tokens.signKiosk({ kioskId, tokenVersion: 1 })),
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  };
}
