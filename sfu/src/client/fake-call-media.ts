import type { CallMedia, CallMediaState, MediaTarget, RemoteMedia } from './call-media.ts';
import { createListeners } from './listeners.ts';

type LocalSource = 'microphone' | 'camera' | 'screen';

/** Call media without a network, for tests of whoever shows it: what it was told is readable, what happens is set. */
export type FakeCallMedia = CallMedia & {
  /** What was asked for last. */
  target(): MediaTarget | null;
  localTrack(source: LocalSource): MediaStreamTrack | null;
  isMuted(source: 'microphone' | 'camera'): boolean;
  retries(): number;
  isClosed(): boolean;
  /** Pretends that this happened; subscribers hear of it. */
  become(state: CallMediaState): void;
  receive(remote: Partial<RemoteMedia>): void;
};

const nothing: RemoteMedia = { microphone: null, camera: null, screen: null };

/** Joins and is ready at once, in the flow that was asked for, unless the test says otherwise. */
export function createFakeCallMedia(): FakeCallMedia {
  const listeners = createListeners();
  const local = new Map<LocalSource, MediaStreamTrack>();
  const muted = new Set<LocalSource>();
  let target: MediaTarget | null = null;
  let state: CallMediaState = { state: 'idle' };
  let remote: RemoteMedia = nothing;
  let retries = 0;
  let closed = false;

  const become = (next: CallMediaState) => {
    state = next;
    listeners.notify();
  };
  const arrive = () => {
    if (target) become({ state: 'ready', epoch: target.epoch, flow: target.flow });
  };

  return {
    state: () => state,
    remote: () => remote,
    follow(next) {
      if (closed) return;
      const isSameRoom = next !== null && next.callId === target?.callId && next.epoch === target.epoch;
      target = next;
      if (!isSameRoom) remote = nothing;
      if (next === null) become({ state: 'idle' });
      // A state that the test has set stays until another room is asked for.
      else if (!isSameRoom || state.state === 'ready') arrive();
    },
    setLocalTrack(source, track) {
      if (track) local.set(source, track);
      else local.delete(source);
    },
    setMuted(source, isMuted) {
      if (isMuted) muted.add(source);
      else muted.delete(source);
    },
    retry() {
      retries += 1;
      if (state.state === 'failed') arrive();
    },
    subscribe: (listener) => listeners.add(listener),
    close() {
      if (closed) return;
      closed = true;
      target = null;
      remote = nothing;
      become({ state: 'idle' });
      listeners.clear();
    },
    target: () => target,
    localTrack: (source) => local.get(source) ?? null,
    isMuted: (source) => muted.has(source),
    retries: () => retries,
    isClosed: () => closed,
    become,
    receive(next) {
      remote = { ...remote, ...next };
      listeners.notify();
    },
  };
}
