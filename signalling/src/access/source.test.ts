import { describe, expect, it } from 'vitest';
import { isFromThisMachine, sourceOf } from './source.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}) => ({ socket: { remoteAddress }, headers });

describe('source addresses (ACCESS)', () => {
  it('[ACCESS-15] believes nobody about their address unless proxies are configured', () => {
    expect(sourceOf(from('203.0.113.9', { 'x-forwarded-for': '127.0.0.1' }), 0)).toBe('203.0.113.9');
  });

  it('[ACCESS-15] believes as many entries as there are proxies, counted from the end', () => {
    const request = from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' });
    expect(sourceOf(request, 1)).toBe('10.0.0.2');
    expect(sourceOf(request, 2)).toBe('203.0.113.9');
  });

  it.each(['', 'nonsense', '<script>', '1.2.3.4.5'])('[ACCESS-15] falls back to the peer for %j', (header) => {
    expect(sourceOf(from('10.0.0.1', { 'x-forwarded-for': header }), 1)).toBe('10.0.0.1');
  });

  it('[ACCESS-15] writes a mapped address as what it is', () => {
    expect(sourceOf(from('::ffff:10.0.0.1'), 0)).toBe('10.0.0.1');
  });

  it.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['10.0.0.1', {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, false],
    ['127.0.0.1', { forwarded: 'for=127.0.0.1' }, false],
    ['127.0.0.1', { via: '1.1 proxy' }, false],
  ])('[ACCESS-15] %s with %o is this machine: %s', (address, headers, expected) => {
    expect(isFromThisMachine(from(address, headers as Record<string, string>))).toBe(expected);
  });
});
