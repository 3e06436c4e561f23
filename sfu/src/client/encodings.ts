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
    // 180, 360 and 720 lines of a 720-line camera; the SFU chooses for each viewer. The middle one starts alone: setting
    // up three encoders and encoding 720 lines first takes several times as long until the other side sees anything.
    encodings: [
      { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3', active: false },
      { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3', active: false },
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

/** How long the first size of a camera is alone, in milliseconds: its first picture is on the other side by then. */
export const firstSizeAloneMs = 400;

/** Lets a sender encode all its sizes. Does nothing to a sender that does so already. */
export async function encodeAllSizes(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.every(({ active }) => active)) return;
  for (const encoding of parameters.encodings) encoding.active = true;
  await sender.setParameters(parameters);
}

/** Tells the encoder what the track shows, unless its owner has. */
export function hintContent(source: LocalSource, track: MediaStreamTrack): void {
  if (track.contentHint === '') track.contentHint = contentHints[source];
}
