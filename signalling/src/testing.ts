import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KioskId } from '@bangban/protocol';
import { createPasswords, owaspCost } from './access/passwords.ts';
import { loadSecrets } from './access/secrets.ts';
import type { Clock, Desk, DeskOutlet, MediaControl } from './desk/ports.ts';
import { type Log, silentLog } from './logging/log.ts';
import { startSignalling } from './start-signalling.ts';

/** The password of every account in tests. */
export const testPassword = 'correct-horse-battery-1';

export type TestSignallingOptions = {
  /** Overrides of the environment, for example `{ OFFER_TIMEOUT_MS: '1000' }`. */
  env?: Record<string, string>;
  /** A folder of an earlier run, to start over its data; it is then not deleted. */
  dataDir?: string;
  log?: Log;
  clock?: Clock;
  /** A desk in the place of the real one. */
  openDesk?: (ports: { outlet: DeskOutlet; media: MediaControl }) => Promise<Desk>;
};

/** A whole signalling on a free port of this machine, with demo data. */
export type TestSignalling = AsyncDisposable & {
  url: string;
  port: number;
  dataDir: string;
  /** What a media server proves itself with. */
  linkToken: string;
  /** Signs in a demo account and gives what the browser would hold. */
  signIn(userName: string): Promise<{ accessToken: string; cookie: string }>;
  /** A device token of a demo kiosk (`kiosk-001` to `kiosk-003`). */
  deviceToken(kioskId: string): Promise<string>;
  drain(): void;
  close(): Promise<void>;
};

/** Starts it. Passwords are hashed at a low cost, crowds are let in at once, and nothing is logged. */
export async function startTestSignalling(options: TestSignallingOptions = {}): Promise<TestSignalling> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'bangban-signalling-'));
  const removeOwnFolder = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const signalling = await startSignalling({
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      DEMO_PASSWORD: testPassword,
      MAX_CONNECTS_PER_SECOND: '100000',
      DRAIN_TIMEOUT_MS: '500',
      ...options.env,
    },
    ready: () => undefined,
    replace: {
      log: options.log ?? silentLog,
      passwords: createPasswords({ ...owaspCost, memoryKiB: 64, passes: 1 }),
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.openDesk ? { openDesk: options.openDesk } : {}),
    },
  }).catch((error: unknown) => {
    removeOwnFolder();
    throw error;
  });
  const { url } = signalling;

  async function post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  async function close(): Promise<void> {
    await signalling.close();
    removeOwnFolder();
  }

  return {
    url,
    port: Number(new URL(url).port),
    dataDir,
    linkToken: loadSecrets({ dataDir, linkToken: options.env?.LINK_TOKEN, tokenSecret: options.env?.TOKEN_SECRET })
      .linkToken,
    async signIn(userName) {
      const response = await post('/api/v1/auth/sign-in', { userName, password: testPassword });
      const { accessToken } = (await response.json()) as { accessToken: string };
      return { accessToken, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    },
    async deviceToken(kioskId) {
      const response = await post(`/api/v1/demo/kiosks/${kioskId as KioskId}/token`, {});
      return ((await response.json()) as { deviceToken: string }).deviceToken;
    },
    drain: signalling.drain,
    close,
    [Symbol.asyncDispose]: close,
  };
}
