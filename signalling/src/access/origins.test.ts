import { describe, expect, it } from 'vitest';
import { createOrigins } from './origins.ts';

const local = createOrigins({ address: { host: '127.0.0.1', port: 3000 }, allowed: ['https://good.cn'] });

describe('origins (ACCESS)', () => {
  it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000', 'https://good.cn'])(
    '[ACCESS-11] allows %s',
    (origin) => expect(local.isAllowed(origin)).toBe(true),
  );

  /** FAULTS A6. */
  it.each([
    undefined,
    '',
    'null',
    '*',
    'https://evil.cn',
    'https://good.cn.evil.cn',
    'https://evil.good.cn',
    'https://good.cn:8443',
    'http://good.cn',
    'https://good.cn/',
    'HTTPS://GOOD.CN',
    'https://good.cn, https://evil.cn',
    'http://localhost',
    'http://localhost:3001',
    'http://127.0.0.1.nip.io:3000',
    'file://',
  ])('[ACCESS-11] refuses %j', (origin) => expect(local.isAllowed(origin)).toBe(false));

  it('[ACCESS-11] counts the public address, and the names of this machine only where it listens on them', () => {
    const proxied = createOrigins({
      address: { host: '10.0.0.7', port: 3000 },
      publicUrl: 'https://help.city.gov.cn/bangban/',
      allowed: [],
    });
    expect(proxied.isAllowed('https://help.city.gov.cn')).toBe(true);
    expect(proxied.isAllowed('http://10.0.0.7:3000')).toBe(true);
    expect(proxied.isAllowed('http://localhost:3000')).toBe(false);
  });

  it('[ACCESS-11] a server that listens everywhere does not allow the name of everywhere', () => {
    const open = createOrigins({ address: { host: '0.0.0.0', port: 3000 }, allowed: [] });
    expect(open.isAllowed('http://0.0.0.0:3000')).toBe(false);
    expect(open.isAllowed('http://localhost:3000')).toBe(true);
  });
});
