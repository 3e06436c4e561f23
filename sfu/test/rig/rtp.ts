import type { DtlsParameters, MediaKind, MediaSource, RtpCapabilities, RtpParameters } from '@bangban/protocol';
import { browserRtpCapabilities } from '../../src/room/codecs.ts';

let nextSsrc = 1_000;

/** What a browser would say that it can receive. */
export function capabilities(): RtpCapabilities {
  return browserRtpCapabilities();
}

/** What a browser would send: Opus, or VP8 in three sizes. */
export function parametersOf(source: MediaSource): {
  kind: MediaKind;
  source: MediaSource;
  rtpParameters: RtpParameters;
} {
  return source === 'microphone'
    ? { kind: 'audio', source, rtpParameters: opus() }
    : { kind: 'video', source, rtpParameters: vp8() };
}

function opus(): RtpParameters {
  nextSsrc += 1;
  return {
    mid: `m${nextSsrc}`,
    codecs: [
      { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 } },
    ],
    encodings: [{ ssrc: nextSsrc }],
    rtcp: { cname: 'cname' },
  };
}

function vp8(): RtpParameters {
  nextSsrc += 1;
  return {
    mid: `m${nextSsrc}`,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 },
    ],
    encodings: [{ rid: 'r0' }, { rid: 'r1' }, { rid: 'r2' }],
    rtcp: { cname: 'cname' },
  };
}

/** A certificate that nobody has. */
export const fingerprint: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
