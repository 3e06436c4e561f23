import { describe, expect, it } from 'vitest';
import { DtlsParameters, RtpCapabilities, RtpParameters } from './rtp.ts';

/** Three layers of VP8 as mediasoup-client describes a Chromium camera. */
const camera = {
  mid: '0',
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: [
        { type: 'goog-remb', parameter: '' },
        { type: 'transport-cc', parameter: '' },
        { type: 'ccm', parameter: 'fir' },
        { type: 'nack', parameter: '' },
        { type: 'nack', parameter: 'pli' },
      ],
    },
    { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} }],
  encodings: [
    { rid: 'r0', dtx: false, scaleResolutionDownBy: 4, maxBitrate: 100_000, active: true },
    { rid: 'r1', dtx: false, scaleResolutionDownBy: 2, maxBitrate: 300_000, active: true },
    { rid: 'r2', dtx: false, scaleResolutionDownBy: 1, maxBitrate: 900_000, active: true },
  ],
  rtcp: { cname: 'a', reducedSize: true },
  msid: 'stream track',
};

const sha256 = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');

describe('RTP and DTLS schemas', () => {
  it('[RTP-1] a simulcast camera passes unchanged', () => {
    expect(RtpParameters.parse(camera)).toEqual(camera);
  });

  it('[RTP-1] a browser fingerprint passes unchanged', () => {
    const parameters = { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: sha256 }] };
    expect(DtlsParameters.parse(parameters)).toEqual(parameters);
  });

  it.each([
    ['no fingerprint', DtlsParameters, { role: 'client', fingerprints: [] }],
    ['a short fingerprint', DtlsParameters, { fingerprints: [{ algorithm: 'sha-256', value: '00:11' }] }],
    ['a weak hash', DtlsParameters, { fingerprints: [{ algorithm: 'sha-1', value: sha256 }] }],
    ['no codec', RtpParameters, { ...camera, codecs: [] }],
    ['a thousand codecs', RtpParameters, { ...camera, codecs: Array(1_000).fill(camera.codecs[0]) }],
    ['a huge mid', RtpParameters, { ...camera, mid: 'm'.repeat(10_000) }],
    ['a huge rid', RtpParameters, { ...camera, encodings: [{ rid: 'r'.repeat(10_000) }] }],
    ['a negative payload type', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], payloadType: -1 }] }],
    [
      'a nested codec parameter',
      RtpParameters,
      { ...camera, codecs: [{ ...camera.codecs[0], parameters: { a: {} } }] },
    ],
    ['ten thousand capabilities', RtpCapabilities, { codecs: Array(10_000).fill({}), headerExtensions: [] }],
  ])('[RTP-2] refuses %s', (_what, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
