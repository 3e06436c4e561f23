import { expect, it } from 'vitest';
import { browserRtpCapabilities } from './codecs.ts';

it('[ROOM-11] browsers are offered Opus with FEC and DTX, VP8 and H.264, and no extension that nobody sends', () => {
  const { codecs, headerExtensions } = browserRtpCapabilities();
  expect(codecs.map(({ mimeType }) => mimeType).filter((type) => !type.endsWith('/rtx'))).toEqual([
    'audio/opus',
    'video/VP8',
    'video/H264',
  ]);
  expect(codecs.find(({ mimeType }) => mimeType === 'audio/opus')?.parameters).toMatchObject({
    useinbandfec: 1,
    usedtx: 1,
  });
  expect(codecs.find(({ mimeType }) => mimeType === 'video/H264')?.parameters).toMatchObject({
    'packetization-mode': 1,
    'profile-level-id': '42e01f',
  });
  expect(headerExtensions.map(({ uri }) => uri)).not.toContainEqual(expect.stringContaining('abs-capture-time'));
  expect(headerExtensions.length).toBeGreaterThan(5);
});
