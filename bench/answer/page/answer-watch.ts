/*
 * Runs in the real kiosk page and the real console before anything of ours, and notes two moments on the clock that both
 * pages share: when the answer button was pressed, and when the first frame of the other side was there. A script.
 */

export type AnswerWatch = {
  /** Forgets what was noted: the next call is measured. */
  reset(): void;
  /** Whether both transports of this side are connected: everything is prepared. */
  isPrepared(): boolean;
  /** Milliseconds since 1970, or null while it has not happened. */
  pressedAt(): number | null;
  firstFrameAt(): number | null;
};

declare global {
  interface Window {
    answerWatch: AnswerWatch;
  }
}

let pressed: number | null = null;
let firstFrame: number | null = null;
const connections = new Set<RTCPeerConnection>();
const remoteTracks = new WeakSet<MediaStreamTrack>();
const watched = new WeakSet<HTMLVideoElement>();

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.add(this);
    this.addEventListener('track', ({ track }) => remoteTracks.add(track));
  }
};

function showsRemote(video: HTMLVideoElement): boolean {
  const stream = video.srcObject;
  return stream instanceof MediaStream && stream.getVideoTracks().some((track) => remoteTracks.has(track));
}

function watchFrames(video: HTMLVideoElement): void {
  const onFrame = () => {
    if (firstFrame === null && showsRemote(video)) firstFrame = performance.timeOrigin + performance.now();
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
}

function watchElements(): void {
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (!property?.set) throw new Error('this browser has no srcObject');
  const { set } = property;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      set.call(this, stream);
      if (!(this instanceof HTMLVideoElement) || watched.has(this)) return;
      watched.add(this);
      watchFrames(this);
    },
  });
}

watchElements();
// The pointer goes up, then the click follows: its time is that of the press, before any handler has run.
document.addEventListener(
  'click',
  (event) => {
    pressed ??= performance.timeOrigin + event.timeStamp;
  },
  { capture: true },
);

window.answerWatch = {
  reset() {
    pressed = null;
    firstFrame = null;
  },
  isPrepared: () => [...connections].filter(({ connectionState }) => connectionState === 'connected').length >= 2,
  pressedAt: () => pressed,
  firstFrameAt: () => firstFrame,
};
