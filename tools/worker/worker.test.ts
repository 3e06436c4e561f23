import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBuildProgress } from './build-progress.mjs';
import { downloadPrebuilt, prebuiltUrl } from './download.mjs';
import { tryDtlsHandshake, whyWorkerDoesNotStart, workerIn } from './probe.mjs';
import { findWorker } from './provide.mjs';

const run = promisify(execFile);
/** npm test provides it, or one is kept from before. */
const realWorker = findWorker({ say: () => {} })?.path ?? '';

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bangban-worker-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** Serves HTTP on this machine and gives back its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An archive as mediasoup publishes it, around a real worker. */
function archiveOfRealWorker(): string {
  const content = join(folder, 'content');
  mkdirSync(content);
  copyFileSync(realWorker, workerIn(content));
  const archive = join(folder, 'worker.tgz');
  execFileSync('tar', ['-czf', archive, '-C', content, 'mediasoup-worker']);
  return archive;
}

describe('build progress', () => {
  it('reads ninja’s lines and estimates from what is done', () => {
    let now = 0;
    const progress = createBuildProgress(() => now);
    expect(progress.text).toBe('preparing');
    expect(progress.read('[1/263] Compiling a.cpp')).toBe(true);
    expect(progress.text).toBe('0 % (1 of 263)');
    now = 100_000;
    progress.read('[110/263] Compiling b.cpp');
    expect(progress.text).toBe('41 % (110 of 263), about 3 min left');
    progress.read('[250/263] Compiling c.cpp');
    expect(progress.text).toBe('95 % (250 of 263), about 10 s left');
    expect(progress.read('ninja: build stopped')).toBe(false);
  });
});

describe('probe', () => {
  it('a real worker starts and completes a DTLS handshake', async () => {
    expect(whyWorkerDoesNotStart(realWorker)).toBeUndefined();
    expect(await tryDtlsHandshake(realWorker)).toMatchObject({ ok: true });
  });

  it('says why something else is not a worker', async () => {
    expect(whyWorkerDoesNotStart(join(folder, 'none'))).toBe('there is no such file');
    expect(whyWorkerDoesNotStart('/bin/true')).toBe('it ended with exit code 0');
    expect(await tryDtlsHandshake('/bin/true')).toMatchObject({ ok: false });
  });
});

describe('prebuilt download', () => {
  it('looks where mediasoup’s own install script looks', () => {
    expect(prebuiltUrl()).toMatch(
      /^https:\/\/github\.com\/versatica\/mediasoup\/releases\/download\/(\d+\.\d+\.\d+)\/mediasoup-worker-\1-linux-\w+-kernel\d+\.tgz$/,
    );
  });

  it('gives up soon on a network that swallows it, and on one that stops half-way', async () => {
    const limits = { firstByteMs: 200, silenceMs: 200 };
    const silent = await serve(() => {});
    expect(await downloadPrebuilt(folder, { url: `${silent}/w.tgz`, limits })).toMatch(/did not answer within 0\.2 s/);
    const stalling = await serve((_request, response) => response.writeHead(200).write('half'));
    expect(await downloadPrebuilt(folder, { url: `${stalling}/w.tgz`, limits })).toMatch(/stopped after/);
  });

  it('says why there is none', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/junk') response.end('<html>Sign in to this network</html>');
      else response.writeHead(request.url === '/none' ? 404 : 503).end();
    });
    expect(await downloadPrebuilt(folder, { url: `${base}/none` })).toMatch(/none for this kind of machine/);
    expect(await downloadPrebuilt(folder, { url: `${base}/busy` })).toMatch(/503/);
    expect(await downloadPrebuilt(folder, { url: `${base}/junk` })).toMatch(/could not be unpacked/);
    expect(await downloadPrebuilt(folder, { url: 'http://127.0.0.1:2/w.tgz' })).toMatch(/ECONNREFUSED/);
  });
});

describe('tools/worker.mjs', () => {
  const tool = join(import.meta.dirname, '../worker.mjs');

  it('downloads once for two that ask at the same time, keeps it, and finds it again without a network', async () => {
    const { createReadStream } = await import('node:fs');
    const archive = archiveOfRealWorker();
    let downloads = 0;
    const base = await serve((_request, response) => {
      downloads += 1;
      createReadStream(archive).pipe(response);
    });
    const env = { ...process.env, BANGBAN_CACHE_DIR: join(folder, 'cache'), MEDIASOUP_WORKER_BIN: '' };
    const online = { ...env, MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: base };
    const [first, second] = await Promise.all([1, 2].map(() => run(process.execPath, [tool], { env: online })));
    const path = first?.stdout.trim() ?? '';
    expect(path.startsWith(join(folder, 'cache', 'mediasoup-worker'))).toBe(true);
    expect(second?.stdout.trim()).toBe(path);
    expect(downloads).toBe(1);
    const again = await run(process.execPath, [tool], {
      env: { ...env, MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: 'http://127.0.0.1:1' },
    });
    expect(again.stdout.trim()).toBe(path);
  });

  it('takes the worker that MEDIASOUP_WORKER_BIN names, and says so when it cannot', async () => {
    const named = await run(process.execPath, [tool], {
      env: { ...process.env, BANGBAN_CACHE_DIR: folder, MEDIASOUP_WORKER_BIN: realWorker },
    });
    expect(named.stdout.trim()).toBe(realWorker);

    const base = await serve((_request, response) => {
      response.end();
    });
    const broken = join(folder, 'broken');
    writeFileSync(broken, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const env = {
      ...process.env,
      BANGBAN_CACHE_DIR: join(folder, 'cache'),
      MEDIASOUP_WORKER_BIN: broken,
      MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: base,
      // No compiler is found here, so the build that follows ends at once.
      PATH: folder,
    };
    const failure = await run(process.execPath, [tool], { env }).catch((error: { stderr: string }) => error);
    expect(failure.stderr).toContain('does not start (it ended with exit code 3); going on without it');
    expect(failure.stderr).toMatch(/✗ .*(apt-get|built)/);
    expect(failure.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(folder, 'cache', 'mediasoup-worker', 'mediasoup-worker'))).toBe(false);
  });
});
