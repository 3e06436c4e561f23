import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCatalogue, httpRoutes, StaffSession } from '@bangban/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSignalling } from '../src/index.ts';
import { startTestSignalling, type TestSignalling, testPassword } from '../src/testing.ts';

let signalling: TestSignalling;
beforeAll(async () => {
  signalling = await startTestSignalling();
});
afterAll(() => signalling.close());

const jsonHeaders = { 'content-type': 'application/json' };

function post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(signalling.url + path, {
    method: 'POST',
    headers: { ...jsonHeaders, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { error?: { code: string } }).error?.code;
}

/** A raw request, for headers that fetch does not let through. */
function rawPost(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = signalling;
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers: { ...jsonHeaders, ...headers } };
    request(options, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end('{}');
  });
}

describe('sign-in', () => {
  it('[HTTP-6] gives an access token in the body and the refresh token in a cookie that scripts cannot read', async () => {
    const response = await post('/api/v1/auth/sign-in', { userName: 'agent1', password: testPassword });
    expect(response.status).toBe(200);
    const session = StaffSession.parse(await response.json());
    expect(session.staff).toMatchObject({ userName: 'agent1', role: 'agent', languages: ['zh-CN', 'en'] });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\/api\/v1\/auth/i);
    expect(JSON.stringify(session)).not.toContain('argon2');
  });

  it('[HTTP-6] refreshes with the cookie, rotates it, and signs out', async () => {
    const { cookie } = await signalling.signIn('agent2');
    const refreshed = await post('/api/v1/auth/refresh', {}, { cookie });
    expect(refreshed.status).toBe(200);
    const next = (refreshed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect(next).not.toBe(cookie);
    expect((await post('/api/v1/auth/sign-out', {}, { cookie: next })).status).toBe(200);
    expect(await codeOf(await post('/api/v1/auth/refresh', {}, { cookie: next }))).toBe('unauthenticated');
  });
});

describe('kiosks', () => {
  it('[HTTP-7] lets an admin enrol a kiosk with a one-time code and revoke it', async () => {
    const { accessToken } = await signalling.signIn('admin');
    const authorization = `Bearer ${accessToken}`;
    const made = await post('/api/v1/kiosks/kiosk-003/enrolment-code', {}, { authorization });
    const { code } = (await made.json()) as { code: string };
    const enrolled = await post('/api/v1/kiosks/enrol', { code: code.toLowerCase().replaceAll('-', ' ') });
    const { deviceToken, kioskId } = (await enrolled.json()) as { deviceToken: string; kioskId: string };
    expect(kioskId).toBe('kiosk-003');
    expect(await codeOf(await post('/api/v1/kiosks/enrol', { code }))).toBe('enrolment-refused');

    const rotated = await post('/api/v1/kiosks/rotate', {}, { authorization: `Bearer ${deviceToken}` });
    const newer = ((await rotated.json()) as { deviceToken: string }).deviceToken;
    const again = await post('/api/v1/kiosks/rotate', {}, { authorization: `Bearer ${deviceToken}` });
    expect(await codeOf(again)).toBe('unauthenticated');

    const revoked = await post('/api/v1/kiosks/kiosk-003/revoke', {}, { authorization });
    expect(await revoked.json()).toMatchObject({ kioskId: 'kiosk-003', state: 'revoked', connected: false });
    const afterwards = await post('/api/v1/kiosks/rotate', {}, { authorization: `Bearer ${newer}` });
    expect(await codeOf(afterwards)).toBe('unauthenticated');
    expect(await codeOf(await post('/api/v1/kiosks/no-such/revoke', {}, { authorization }))).toBe('not-found');
  });

  it.each([
    ['a proxy', { 'x-forwarded-for': '127.0.0.1' }, 403],
    ['a rebound name', { host: 'kiosk.evil.example' }, 403],
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['this machine', {}, 200],
  ])('[HTTP-8] enrols a demo kiosk for %s: %o gives %i', async (_, headers, status) => {
    expect(await rawPost('/api/v1/demo/kiosks/kiosk-001/token', headers)).toBe(status);
  });
});

describe('pages and description', () => {
  it('[HTTP-2] describes every route of the table as OpenAPI 3.1', async () => {
    const document = (await (await fetch(`${signalling.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const names = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((entry) => entry.operationId),
    );
    expect(names.sort()).toEqual(Object.keys(httpRoutes).sort());
    expect(JSON.stringify(document)).toContain(Object.keys(errorCatalogue)[0]);
  });

  it('[HTTP-9] lists the twelve demo service items in both languages', async () => {
    const { services } = (await (await fetch(`${signalling.url}/api/v1/services`)).json()) as {
      services: { code: string; name: Record<string, string> }[];
    };
    expect(services).toHaveLength(12);
    expect(Object.keys(services[0] ?? {}).sort()).toEqual(['code', 'department', 'guide', 'name']);
  });

  it('[HTTP-10] is healthy at once and ready only with a media server', async () => {
    expect((await fetch(`${signalling.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${signalling.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ ready: false, storeWritable: true, mediaServers: 0, draining: false });
  });

  it('[HTTP-11] shows metrics to this machine and not through a proxy', async () => {
    const response = await fetch(`${signalling.url}/metrics`);
    expect(await response.text()).toContain('bangban_connections');
    const proxied = await fetch(`${signalling.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(proxied.status).toBe(401);
  });

  it('[HTTP-12] says what is here on the first page, without a script', async () => {
    const response = await fetch(signalling.url);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toMatch(/<html lang="zh-CN">[\s\S]*未就绪[\s\S]*没有媒体服务器/);
    expect(html).toContain('href="/console/?lang=zh-CN"');
    expect(html).not.toContain('<script');
    const english = await (await fetch(`${signalling.url}/?lang=en`)).text();
    expect(english).toMatch(/<html lang="en">[\s\S]*Not ready[\s\S]*No media server is linked/);
  });
});

describe('errors', () => {
  it.each([
    ['broken JSON', '{"userName":', 400],
    ['a wrong type', { userName: 1, password: 'x' }, 400],
    ['a body over the limit', { userName: 'a', password: 'x'.repeat(20_000) }, 400],
  ])('[HTTP-4] answers %s with a code and no stack', async (_, body, status) => {
    const response = await post('/api/v1/auth/sign-in', body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code: 'invalid-payload' } });
  });

  it('[HTTP-4] answers an unknown path with a code', async () => {
    const response = await fetch(`${signalling.url}/api/v1/nothing`);
    expect([response.status, await response.json()]).toEqual([404, { error: { code: 'not-found' } }]);
  });

  it('[HTTP-3] takes no form in the place of JSON', async () => {
    const response = await post('/api/v1/auth/refresh', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(response.status).toBe(401);
    const { cookie } = await signalling.signIn('agent1');
    const form = { 'content-type': 'application/x-www-form-urlencoded', cookie };
    expect(await codeOf(await post('/api/v1/auth/refresh', 'a=b', form))).toBe('invalid-payload');
  });
});

describe('starting', () => {
  it('[HTTP-8] without demo data nothing enrols itself, and nobody has an account', async () => {
    await using bare = await startTestSignalling({ env: { DEMO: 'off' } });
    await expect(bare.deviceToken('kiosk-001')).rejects.toThrow(/403/);
    await expect(bare.signIn('admin')).rejects.toThrow(/401/);
  });

  it('a taken port is told with its code, and leaves nothing open', async () => {
    const taken = startTestSignalling({ env: { PORT: String(signalling.port) } });
    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE', port: signalling.port });
  });

  it('a data folder that another process has in use is refused with a sentence', async () => {
    await expect(startTestSignalling({ dataDir: signalling.dataDir })).rejects.toMatchObject({ name: 'CannotStart' });
  });

  it('[ACCESS-2] a secret that others may read stops the start', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bangban-start-'));
    await (await startTestSignalling({ dataDir })).close();
    chmodSync(join(dataDir, 'secrets', 'token-secret'), 0o644);
    await expect(startTestSignalling({ dataDir })).rejects.toMatchObject({ name: 'CannotStart' });
    rmSync(dataDir, { recursive: true });
  });

  it('[ACCESS-3] tells random demo passwords once, in the run that made them', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bangban-start-'));
    const env = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    const told: { user: string; password?: string }[][] = [];
    for (const _run of [1, 2]) {
      const running = await startSignalling({ env, ready: ({ demo }) => told.push(demo?.accounts ?? []) });
      await running.close();
    }
    const [first = [], second = []] = told;
    expect(first.map(({ user }) => user)).toEqual(['agent1', 'agent2', 'supervisor', 'admin']);
    expect(new Set(first.map(({ password }) => password)).size).toBe(4);
    expect(second.map(({ password }) => password)).toEqual([undefined, undefined, undefined, undefined]);
    const stored = readdirSync(dataDir).filter((name) => name.startsWith('bangban.db'));
    const bytes = stored.map((name) => readFileSync(join(dataDir, name), 'latin1')).join('');
    for (const { password } of first) expect(bytes).not.toContain(password);
    rmSync(dataDir, { recursive: true });
  });
});
