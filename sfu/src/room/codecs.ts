import { RtpCapabilities } from '@bangban/protocol';
import { ortc, type types } from 'mediasoup';

/**
 * What rooms carry. Opus with forward error correction and discontinuous transmission; VP8 for cameras (simulcast);
 * H.264 constrained baseline for kiosks that encode it in hardware.
 */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

/**
 * Chromium negotiates this extension and then never sends it. Where it is negotiated, mediasoup 3.27 takes capture times
 * from nowhere else, and without them no consumer ever moves between simulcast layers, without any error. Not offered,
 * capture times come from RTCP sender reports.
 */
const unusableExtension = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';

/** The router's capabilities as browsers are told them; the same for every room. */
export function browserRtpCapabilities(): RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = ortc.generateRouterRtpCapabilities(mediaCodecs);
  return RtpCapabilities.parse({
    codecs,
    headerExtensions: headerExtensions.filter(({ uri }) => uri !== unusableExtension),
  });
}
