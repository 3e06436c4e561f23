import { AssistError, type WireError } from '@bangban/protocol/plain';
import type { MediaTarget } from '../../../src/client/call-media.ts';
import { createCallMedia } from '../../../src/client/index.ts';
import type { RoomEvent } from '../../../src/client/room-signal.ts';

/** The test's side of the signal: `ask` is answered by the rig, `tell` is what it calls. */
declare global {
  interface Window {
    ask(name: string, input: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: WireError }>;
    participant: typeof participant;
  }
}

/** Every connection that the page opens, so that a test can look at what is really sent. */
const connections: RTCPeerConnection[] = [];
const OriginalConnection = window.RTCPeerConnection;
window.RTCPeerConnection = class extends OriginalConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

async function statistics(): Promise<Record<string, unknown>[]> {
  const open = connections.filter(({ connectionState }) => connectionState === 'connected');
  const reports = await Promise.all(open.map((connection) => connection.getStats()));
  return reports.flatMap((report) => [...report.values()]);
}

type Source = 'microphone' | 'camera' | 'screen';
const listeners = new Map<string, Set<(payload: never) => void>>();
const frames = { camera: 0, screen: 0, microphone: 0 };
let isShowing = true;
let isNewTrackShown = false;
let firstFrameAt: number | null = null;
const elements = new Map<Source, HTMLVideoElement>();

const media = createCallMedia({
  signal: {
    async request(name, input) {
      const reply = await window.ask(name, input);
      // The rig is bound to the same tables.
      if (reply.ok) return reply.value as never;
      throw new AssistError(reply.error.code, name);
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as never));
      return () => void set.delete(listener as never);
    },
  },
});

function element(source: Source): HTMLVideoElement {
  const known = elements.get(source);
  if (known) return known;
  const made = document.createElement('video');
  made.autoplay = true;
  document.body.append(made);
  elements.set(source, made);
  const count = () => {
    frames[source] += 1;
    if (source === 'camera') firstFrameAt ??= performance.timeOrigin + performance.now();
    made.requestVideoFrameCallback(count);
  };
  made.requestVideoFrameCallback(count);
  return made;
}

media.subscribe(() => {
  if (!isShowing) return;
  const remote = media.remote();
  for (const source of ['microphone', 'camera', 'screen'] as const) {
    const track = remote[source]?.track;
    const shown = elements.get(source)?.srcObject;
    if (track && !(shown instanceof MediaStream && shown.getTracks()[0] === track)) {
      element(source).srcObject = new MediaStream([track]);
    }
  }
});

const participant = {
  media,
  tell: ({ name, payload }: RoomEvent) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  },
  follow: (target: MediaTarget | null) => media.follow(target),
  async openDevices(video: MediaTrackConstraints | boolean = { width: 1280, height: 720 }) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    for (const track of stream.getTracks())
      media.setLocalTrack(track.kind === 'audio' ? 'microphone' : 'camera', track);
  },
  async shareScreen() {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    media.setLocalTrack('screen', stream.getVideoTracks()[0] ?? null);
  },
  stopScreen: () => media.setLocalTrack('screen', null),
  showNothing: () => {
    isShowing = false;
  },
  state: () => media.state(),
  frames: () => ({ ...frames }),
  firstFrameAt: () => firstFrameAt,
  forgetFirstFrame: () => {
    firstFrameAt = null;
  },
  remote: () => {
    const remote = media.remote();
    const describe = (source: Source) => remote[source] && { id: remote[source].track.id, muted: remote[source].muted };
    return { microphone: describe('microphone'), camera: describe('camera'), screen: describe('screen') };
  },
  /** Bytes of sound and picture that have left this page. */
  async bytesSent() {
    const sent = (await statistics()).filter(({ type }) => type === 'outbound-rtp');
    return sent.reduce((sum, { bytesSent }) => sum + Number(bytesSent), 0);
  },
  /** How each path to the media server goes. */
  async pathProtocols() {
    const all = await statistics();
    const selected = all.filter(({ type }) => type === 'transport').map((entry) => entry.selectedCandidatePairId);
    const pairs = all.filter(({ id }) => selected.includes(id));
    return pairs.map(({ remoteCandidateId }) => all.find(({ id }) => id === remoteCandidateId)?.protocol);
  },
  watchForNewTrack() {
    const old = media.remote().camera?.track.id;
    isNewTrackShown = false;
    const look = () => {
      const track = media.remote().camera?.track;
      const video = elements.get('camera');
      if (!video) return;
      const shown = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
      if (track && track.id !== old && shown === track) isNewTrackShown = true;
      else video.requestVideoFrameCallback(look);
    };
    look();
  },
  newTrackShown: () => isNewTrackShown,
  size: () => elements.get('camera')?.videoWidth ?? 0,
  /** Loudness of what is heard, 0 to 1, over `ms` milliseconds. */
  async loudness(ms: number) {
    const track = media.remote().microphone?.track;
    if (!track) return 0;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    const endsAt = performance.now() + ms;
    while (performance.now() < endsAt) {
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await context.close();
    return peak;
  },
};
window.participant = participant;
