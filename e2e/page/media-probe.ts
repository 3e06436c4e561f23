/*
 * Runs in the page before anything of ours, and notices what a person would: which pictures are shown and whether they
 * change, which voices come out of the loudspeaker. It only watches media elements; the program does not know of it.
 *
 * This file is a script (the harness strips its types and injects it), so nothing may be imported but types.
 */

/** The frequencies of the voices in `harness/people.ts`, in hertz. */
export type Voice = 660 | 880 | 1_100 | 1_430;

export type Rgb = readonly [number, number, number];

/** What was shown of one face since some moment. Times are milliseconds since 1970. */
export type PictureReport = {
  frames: number;
  /** Frames that differ from every other one in the same time. */
  distinct: number;
  firstAt: number | null;
  lastAt: number | null;
  /**
   * The longest time without a new frame, the time since the last one included. Frames that were shown while the page was
   * too busy to notice each of them count: a busy page is not a picture that stands still.
   */
  longestGapMs: number;
  /** The size on the screen of the newest frame. */
  width: number;
  height: number;
};

/** How loud a voice was since some moment, in decibels of its own frequency, and in how much of the time it was there. */
export type SoundReport = { samples: number; loudestDb: number; share: number };

export type MediaProbe = {
  picture(request: { face: Rgb; sinceMs: number }): PictureReport;
  sound(request: { voice: Voice; sinceMs: number }): SoundReport;
};

declare global {
  interface Window {
    bangbanProbe: MediaProbe;
  }
}

/** `shown` counts the frames that this element has shown, noticed or not. */
type Frame = {
  at: number;
  video: HTMLVideoElement;
  shown: number;
  colour: Rgb;
  pixels: number;
  width: number;
  height: number;
};
type Sample = { at: number; levels: Record<number, number> };

const voices: readonly Voice[] = [660, 880, 1_100, 1_430];
/** About ten minutes of two pictures; older ones are forgotten. */
const maxFrames = 36_000;
const maxSamples = 12_000;
const sampleEveryMs = 50;
/** Quieter than this is not heard: a muted track is digital silence, and noise suppression leaves far less. */
const audibleDb = -60;
/** Video coding moves colours a little; faces are much farther apart. */
const maxColourDistance = 60;

const now = () => performance.timeOrigin + performance.now();

const frames: Frame[] = [];
const samples: Sample[] = [];
const elements = new Set<HTMLMediaElement>();

function watchPictures(video: HTMLVideoElement): void {
  const canvas = new OffscreenCanvas(32, 18).getContext('2d', { willReadFrequently: true });
  const onFrame: VideoFrameRequestCallback = (_, { presentedFrames: shown }) => {
    video.requestVideoFrameCallback(onFrame);
    if (!canvas || !video.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    const { width, height } = video.getBoundingClientRect();
    if (width * height === 0) return;
    canvas.drawImage(video, 0, 0, 32, 18);
    const { data } = canvas.getImageData(0, 0, 32, 18);
    frames.push({ at: now(), video, shown, colour: medianColour(data), pixels: fingerprint(data), width, height });
    if (frames.length > maxFrames) frames.splice(0, maxFrames / 2);
  };
  video.requestVideoFrameCallback(onFrame);
}

/** The background of the picture: the bar that moves over it covers far less than half. */
function medianColour(data: Uint8ClampedArray): Rgb {
  const channel = (offset: number) => {
    const values: number[] = [];
    for (let index = offset; index < data.length; index += 4) values.push(data[index] ?? 0);
    return values.sort((left, right) => left - right)[values.length >> 1] ?? 0;
  };
  return [channel(0), channel(1), channel(2)];
}

/** Equal for pictures that a person would call equal: what coding adds to a frozen picture is left out (FNV-1a). */
function fingerprint(data: Uint8ClampedArray): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < data.length; index += 4) {
    hash = Math.imul(hash ^ ((data[index] ?? 0) >> 5), 0x01000193);
    hash = Math.imul(hash ^ ((data[index + 1] ?? 0) >> 5), 0x01000193);
  }
  return hash;
}

function distance(left: Rgb, right: Rgb): number {
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

/** Listens to what every audible element plays, each track once. */
function createListener(): () => void {
  let context: AudioContext | undefined;
  const ears = new Map<MediaStreamTrack, { analyser: AnalyserNode; spectrum: Float32Array<ArrayBuffer> }>();

  const audibleTracks = () =>
    [...elements]
      .filter((element) => !element.muted && !element.paused && element.volume > 0)
      .flatMap((element) => (element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks() : []))
      .filter((track) => track.readyState === 'live' && track.enabled);

  const earFor = (track: MediaStreamTrack) => {
    const known = ears.get(track);
    if (known) return known;
    context ??= new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 4_096, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const ear = { analyser, spectrum: new Float32Array(analyser.frequencyBinCount) };
    ears.set(track, ear);
    return ear;
  };

  const loudness = (track: MediaStreamTrack, voice: Voice) => {
    const { analyser, spectrum } = earFor(track);
    const bin = Math.round((voice * analyser.fftSize) / analyser.context.sampleRate);
    // The tone may fall between two bins.
    return Math.max(...spectrum.slice(bin - 1, bin + 2));
  };

  return () => {
    const tracks = audibleTracks();
    for (const track of tracks) {
      const { analyser, spectrum } = earFor(track);
      analyser.getFloatFrequencyData(spectrum);
    }
    const levels = Object.fromEntries(
      voices.map((voice) => [voice, Math.max(-200, ...tracks.map((track) => loudness(track, voice)))]),
    );
    samples.push({ at: now(), levels });
    if (samples.length > maxSamples) samples.splice(0, maxSamples / 2);
  };
}

function pictureReport({ face, sinceMs }: { face: Rgb; sinceMs: number }): PictureReport {
  const seen = frames.filter(({ at, colour }) => at >= sinceMs && distance(colour, face) < maxColourDistance);
  const newest = seen.at(-1);
  const gaps = [
    (seen[0]?.at ?? now()) - sinceMs,
    ...seen.slice(1).map((frame, index) => timePerFrame(seen[index] ?? frame, frame)),
    now() - (newest?.at ?? sinceMs),
  ];
  return {
    frames: seen.length,
    distinct: new Set(seen.map(({ pixels }) => pixels)).size,
    firstAt: seen[0]?.at ?? null,
    lastAt: newest?.at ?? null,
    longestGapMs: Math.max(0, ...gaps),
    width: newest?.width ?? 0,
    height: newest?.height ?? 0,
  };
}

function timePerFrame(before: Frame, after: Frame): number {
  const shown = before.video === after.video ? after.shown - before.shown : 1;
  return (after.at - before.at) / Math.max(1, shown);
}

function soundReport({ voice, sinceMs }: { voice: Voice; sinceMs: number }): SoundReport {
  const heard = samples.filter(({ at }) => at >= sinceMs).map(({ levels }) => levels[voice] ?? -200);
  return {
    samples: heard.length,
    loudestDb: Math.max(-200, ...heard),
    share: heard.filter((level) => level > audibleDb).length / Math.max(1, heard.length),
  };
}

/** Every element that ever gets a stream is watched from then on, also inside shadow roots that no test can reach. */
function watchElements(): void {
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (!property?.set) throw new Error('this browser has no srcObject');
  const { set } = property;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      set.call(this, stream);
      if (stream === null || elements.has(this)) return;
      elements.add(this);
      if (this instanceof HTMLVideoElement) watchPictures(this);
    },
  });
}

watchElements();
setInterval(createListener(), sampleEveryMs);
window.bangbanProbe = { picture: pictureReport, sound: soundReport };
