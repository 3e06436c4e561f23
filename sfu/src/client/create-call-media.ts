import type { CallMedia, CallMediaState, MediaSignal, MediaTarget, RemoteMedia } from './call-media.ts';
import { createDeviceLoader, type DeviceLoader } from './device.ts';
import type { LocalSource } from './encodings.ts';
import { createListeners } from './listeners.ts';
import { hearRooms } from './room-signal.ts';
import type { LocalSend } from './sending.ts';
import { Session } from './session.ts';

/** A browser has one set of codecs: what was loaded for one call serves the next. */
const sharedDevices = createDeviceLoader();

const nothing: RemoteMedia = { microphone: null, camera: null, screen: null };

/**
 * One side's media in calls, over mediasoup. See {@link CallMedia}.
 *
 * @param options.signal the connection to signalling, which may come and go
 * @param options.devices for tests
 */
export function createCallMedia({
  signal,
  devices = sharedDevices,
}: {
  signal: MediaSignal;
  devices?: DeviceLoader;
}): CallMedia {
  const listeners = createListeners();
  const tracks = new Map<LocalSource, MediaStreamTrack>();
  const muted = new Set<LocalSource>();
  /** What sessions read: tracks and mutes together. */
  const local = new Map<LocalSource, LocalSend>();
  let target: MediaTarget | null = null;
  let session: Session | null = null;
  let closed = false;

  const stopHearing = hearRooms(signal, (event) => {
    const { callId, epoch } = event.payload;
    if (target && callId === target.callId && epoch === target.epoch) session?.handle(event);
  });

  function update(source: LocalSource): void {
    const track = tracks.get(source);
    if (track) local.set(source, { track, muted: muted.has(source) });
    else local.delete(source);
    session?.send(source, local.get(source) ?? null);
  }

  function leave(): void {
    session?.close();
    session = null;
  }

  return {
    state: (): CallMediaState => session?.state() ?? { state: 'idle' },
    remote: () => session?.remote() ?? nothing,

    follow(next) {
      if (closed) return;
      const isSameCall = next !== null && next.callId === target?.callId;
      // Views may arrive out of order; an older room is gone for good.
      if (next && isSameCall && target && next.epoch < target.epoch) return;
      const isSameRoom = isSameCall && next.epoch === target?.epoch;
      if (next === null && target === null) return;
      target = next;
      if (next && isSameRoom) return session?.follow(next);
      leave();
      if (next) session = new Session({ signal, devices, target: next, local, onChange: listeners.notify });
      listeners.notify();
    },

    setLocalTrack(source, track) {
      if (closed) return;
      if (track) tracks.set(source, track);
      else tracks.delete(source);
      update(source);
    },

    setMuted(source, isMuted) {
      if (closed || muted.has(source) === isMuted) return;
      if (isMuted) muted.add(source);
      else muted.delete(source);
      update(source);
    },

    retry: () => session?.retry(),
    subscribe: (listener) => listeners.add(listener),

    close() {
      if (closed) return;
      closed = true;
      target = null;
      stopHearing();
      leave();
      listeners.notify();
      listeners.clear();
    },
  };
}
