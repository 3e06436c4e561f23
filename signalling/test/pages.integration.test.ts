import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssistError, httpRoutes } from '@bangban/protocol';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createErrorAnswer } from '../src/http/error-answer.ts';
import { jsonRoutes } from '../src/http/json-routes.ts';
import { staticPages } from '../src/http/static-pages.ts';
import { silentLog } from '../src/logging/log.ts';

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bangban-pages-'));
  for (const name of ['console', 'widget']) mkdirSync(join(folder, name, 'assets'), { recursive: true });
  const page = '<!doctype html><title>console</title>';
  writeFileSync(join(folder, 'console/index.html'), page);
  writeFileSync(join(folder, 'console/assets/index-B7x2kQ9f.js'), '1');
  writeFileSync(join(folder, 'widget/bangban.js'), '2');
  writeFileSync(join(folder, 'widget/assets/call-Ab12_d-4.js'), '3');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  const app = express();
  const folders = {
    console: join(folder, 'console'),
    widget: join(folder, 'widget'),
    kiosk: join(folder, 'kiosk-not-built'),
  };
  app.use(staticPages(folders, true));
  app.use((_request, _response, next) => next(new AssistError('not-found', 'no such path')));
  app.use(createErrorAnswer({ log: silentLog, randomId: () => 'incident' }));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const headerOf = async (path: string, name: string) => (await fetch(url + path)).headers.get(name);

describe('pages', () => {
  it('[HTTP-5] the console runs its own scripts only, is framed by nobody, and may use camera and microphone', async () => {
    const policy = (await headerOf('/console/', 'content-security-policy')) ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(await headerOf('/console/', 'permissions-policy')).toContain('camera=(self), microphone=(self)');
    expect(await headerOf('/console/', 'x-content-type-options')).toBe('nosniff');
    expect(await headerOf('/console/', 'strict-transport-security')).toContain('max-age=');
  });

  it('[HTTP-5] the kiosk page may frame itself and nobody else may', async () => {
    expect(await headerOf('/kiosk/', 'content-security-policy')).toContain("frame-ancestors 'self'");
  });

  it('[HTTP-13] the widget may be loaded by any page and is asked for anew; its hashed parts never expire', async () => {
    const loader = await fetch(`${url}/widget/bangban.js`);
    expect(loader.headers.get('access-control-allow-origin')).toBe('*');
    expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(loader.headers.get('cache-control')).toBe('no-cache');
    const etag = loader.headers.get('etag') ?? '';
    // As a browser asks that has it: without a header of its own fetch would add `no-cache`.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await fetch(`${url}/widget/bangban.js`, { headers })).status).toBe(304);
    expect(await headerOf('/widget/assets/call-Ab12_d-4.js', 'cache-control')).toContain('immutable');
    expect(await headerOf('/console/assets/index-B7x2kQ9f.js', 'cache-control')).toContain('immutable');
  });

  it('[HTTP-13] every path of the console is its index page, a missing file is not', async () => {
    expect(await (await fetch(`${url}/console/calls/today`)).text()).toContain('<title>console</title>');
    expect((await fetch(`${url}/console/assets/gone.js`)).status).toBe(404);
    const bare = await fetch(`${url}/console?lang=en`, { redirect: 'manual' });
    expect(bare.headers.get('location')).toBe('/console/?lang=en');
  });

  it('[HTTP-14] a front end that is not built says what to do, in both languages', async () => {
    const response = await fetch(`${url}/kiosk/`);
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/尚未构建[\s\S]*npm run build/);
    const english = await (await fetch(`${url}/kiosk/?lang=en`)).text();
    expect(english).toMatch(/not built yet[\s\S]*npm run build/);
  });

  it.each(['/widget/../secret.txt', '/widget/..%2fsecret.txt', '/widget/%2e%2e/secret.txt', '/widget/..%5csecret.txt'])(
    '[HTTP-13] nothing outside its folder is served: %s',
    async (path) => {
      const response = await fetch(url + path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('outside');
    },
  );
});

describe('the table', () => {
  it('[HTTP-1] a route without a handler stops the start', () => {
    const register = () =>
      jsonRoutes({
        routes: httpRoutes,
        handlers: {},
        proofs: {} as never,
        origins: () => ({ isAllowed: () => false }),
        sourceOf: () => '',
        setRefreshToken: () => undefined,
        onDenial: () => undefined,
      });
    expect(register).toThrow(/signIn has no handler/);
  });
});
