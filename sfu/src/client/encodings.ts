import type { types } from 'mediasoup-client';

export type LocalSource = 'microphone' | 'camera' | 'screen';

/** How a source is encoded: what `Transport.produce()` is told besides the track. */
type SourceEncoding = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>;

const sourceEncodings: Record<LocalSource, SourceEncoding> = {
  microphone: {
    codecOptions: { opusStereo: false, opusFec: true, opusDtx: true, opusMaxPlaybackRate: 48_000 },
    // Congestion takes from pictures first: a resident must be heard.
    encodings: [{ maxBitrate: 48_000, networkPriority: 'high', priority: 'high' }],
  },
  camera: {
    // 180, 360 and 720 lines of a 720-line camera; the SFU chooses for each viewer.
    encodings: [
      { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
      { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
    ],
    // Without a hint Chromium starts at 300 kbit/s, which starves the upper layers of a call's first seconds.
    codecOptions: { videoGoogleStartBitrate: 1_000 },
  },
  screen: {
    // Small print needs the full size; five to fifteen pictures a second are enough for a document.
    encodings: [{ maxBitrate: 2_500_000, maxFramerate: 15 }],
    codecOptions: { videoGoogleStartBitrate: 1_000 },
  },
};

const contentHints: Record<LocalSource, string> = { microphone: 'speech', camera: 'motion', screen: 'detail' };

/** Encoding of a source. VP8 for pictures, because every browser encodes its simulcast. */
export function encodingOf(source: LocalSource, capabilities: types.RtpCapabilities): types.ProducerOptions {
  const { encodings, ...options } = sourceEncodings[source];
  const codec =
    source === 'microphone'
      ? undefined
      : capabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
  // mediasoup-client writes into what it is given.
  const own = encodings?.map((encoding) => ({ ...encoding }));
  return { ...options, ...(own ? { encodings: own } : {}), ...(codec ? { codec } : {}) };
}

/** Tells the encoder what the track shows, unless its owner has. */
export function hintContent(source: LocalSource, track: MediaStreamTrack): void {
  if (track.contentHint === '') track.contentHint = contentHints[source];
}
