import { describe, expect, it } from 'vitest';
import { createPinoLog } from './pino-log.ts';

function logged(write: (log: ReturnType<typeof createPinoLog>) => void): string[] {
  const lines: string[] = [];
  write(createPinoLog({ level: 'debug', role: 'test', stream: { write: (line: string) => void lines.push(line) } }));
  return lines;
}

const token = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

describe('log (LOG)', () => {
  it.each([
    ['a field', { accessToken: token }],
    ['a nested field', { body: { user: { Password: 'hunter2-hunter2' } } }],
    ['a header', { headers: { authorization: `Bearer ${token}`, cookie: 'bangban_refresh=abc.def' } }],
    ['a handshake', { auth: { deviceToken: token } }],
    ['a text', { note: `got ${token} from them` }],
    ['an error', { err: new Error(`refused Bearer ${token}`, { cause: new Error(token) }) }],
    ['an address', { url: `https://a.cn/kiosk/?token=hunter2-hunter2#eyJ` }],
    ['a path', { path: '/socket.io/?sid=abc&deviceToken=hunter2-hunter2' }],
    ['an identity number', { text: 'ID 11010519491231002X of 13912345678' }],
    ['a bank card', { text: 'card 6222021234567890123' }],
    ['an enrolment code', { code: 'ABCD-EFGH-JKMN' }],
    ['a password hash', { text: 'stored $argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA' }],
    ['a list', { list: [{ refreshToken: 'abc.def' }] }],
  ])('[LOG-1] shows nothing secret in %s', (_, fields) => {
    const text = logged((log) => log.info(fields, `message with ${token}`)).join('');
    for (const secret of [token, 'hunter2', 'abc.def', '11010519491231002X', '13912345678', '6222021234567890123']) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/c2lnbmF0dXJl|ABCD-EFGH|aGFzaA/);
  });

  it('[LOG-1] leaves error codes, which are words of the catalogue, readable', () => {
    const [line = ''] = logged((log) => log.warn({ code: 'kiosk-in-use', err: { code: 'EADDRINUSE' } }, 'x'));
    expect(JSON.parse(line)).toMatchObject({ code: 'kiosk-in-use', err: { code: 'EADDRINUSE' }, level: 40 });
  });

  it('[LOG-2] one event is one line, whatever it holds', () => {
    const hostile = 'a\r\n{"level":50,"msg":"forged"}\u001b[31m\u2028\u0000';
    const lines = logged((log) => log.child({ [hostile]: hostile }).info({ hostile }, hostile));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
  });

  it('[LOG-2] a text of 1 MB, a deep object and a cycle stay small', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const [line = ''] = logged((log) => log.info({ big: 'x'.repeat(1_000_000), cycle }, 'y'.repeat(1_000_000)));
    expect(line.length).toBeLessThan(10_000);
  });
});
