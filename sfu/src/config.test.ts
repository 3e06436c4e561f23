import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { readSfuConfig, sfuEnvironment } from './config.ts';

it('works without any setting, on this machine only', () => {
  const config = readSfuConfig({ DATA_DIR: '/srv/bangban' });
  expect(config).toMatchObject({
    listenAddress: '127.0.0.1',
    announcedAddress: undefined,
    mediaPort: 40_000,
    workers: availableParallelism(),
    signallingUrl: 'http://127.0.0.1:3000',
    linkToken: { file: '/srv/bangban/secrets/link-token' },
    logLevel: 'info',
  });
});

it('finds signalling where this machine runs it, and an empty variable counts as unset', () => {
  expect(readSfuConfig({ PORT: '8080', SIGNALLING_URL: '' }).signallingUrl).toBe('http://127.0.0.1:8080');
  expect(readSfuConfig({ HOST: '0.0.0.0' }).signallingUrl).toBe('http://127.0.0.1:3000');
  expect(readSfuConfig({ HOST: '10.1.2.3' }).signallingUrl).toBe('http://10.1.2.3:3000');
  expect(readSfuConfig({ HOST: 'fd00::1' }).signallingUrl).toBe('http://[fd00::1]:3000');
  expect(readSfuConfig({ SIGNALLING_URL: 'https://help.example.cn' }).signallingUrl).toBe('https://help.example.cn');
});

it('names every problem at once, in both languages, and no secret', () => {
  const read = () => readSfuConfig({ MEDIA_PORT: '70000', MEDIA_WORKERS: 'many', LINK_TOKEN: 'short-secret' });
  expect(read).toThrow(CannotStart);
  expect(read).toThrow(
    /MEDIA_PORT must be at most 65535[\s\S]*MEDIA_WORKERS must be a whole number[\s\S]*LINK_TOKEN must be at least 32 bytes/,
  );
  expect(read).toThrow(/媒体服务无法启动/);
  expect(read).not.toThrow(/short-secret/);
});

it('refuses addresses that nobody could send media to, and ports beyond the last', () => {
  expect(() => readSfuConfig({ MEDIA_LISTEN_ADDRESS: '0.0.0.0' })).toThrow(/MEDIA_ANNOUNCED_ADDRESS must be set/);
  expect(
    readSfuConfig({ MEDIA_LISTEN_ADDRESS: '0.0.0.0', MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7' }).announcedAddress,
  ).toBe('203.0.113.7');
  expect(() => readSfuConfig({ MEDIA_PORT: '65535', MEDIA_WORKERS: '2' })).toThrow(/no room for one port per worker/);
});

it('describes every setting, for the table in the documents', () => {
  for (const [name, field] of Object.entries(sfuEnvironment.shape)) {
    expect(field.description, name).toMatch(/\.$/);
  }
});
