import type { KioskCallView } from '@bangban/protocol';
import type { CallMedia, MediaSignal, RemoteMedia } from '@bangban/sfu/client';
import type { LocalDevices } from '../media/devices.ts';
import { mediaTargetOf } from './call-view.ts';
import type { MediaCondition, Muted } from './state.ts';

/** The media of this kiosk's call: follows the view, carries the devices to the room, keeps what is muted. */
export type LiveCall = {
  muted(): Muted;
  remote(): RemoteMedia;
  condition(): MediaCondition;
  follow(view: KioskCallView): void;
  setMuted(source: keyof Muted, muted: boolean): void;
  /** Leaves the room. The devices are the owner's. Idempotent. */
  close(): void;
};

/** A refused room is tried again this often, as long as the call goes on. */
const MEDIA_RETRY_MS = 3_000;

export type LiveCallPorts = {
  devices: LocalDevices;
  createMedia(signal: MediaSignal): CallMedia;
  after(delayMs: number, action: () => void): () => void;
};

/** @param onChange runs when anything but the muting changed */
export function createLiveCall(
  ports: LiveCallPorts,
  options: { signal: MediaSignal; muted: Muted; onChange: () => void },
): LiveCall {
  const { devices, after } = ports;
  const media = ports.createMedia(options.signal);
  let muted = options.muted;
  let cancelRetry: (() => void) | null = null;

  const carryDevices = (): void => {
    for (const source of ['microphone', 'camera'] as const) {
      const device = devices.report()[source];
      media.setLocalTrack(source, device.state === 'working' ? device.track : null);
      // The own preview goes dark with what the agent sees.
      if (device.state === 'working') device.track.enabled = !muted[source];
    }
  };

  const onMedia = (): void => {
    if (media.state().state === 'failed') {
      cancelRetry ??= after(MEDIA_RETRY_MS, () => {
        cancelRetry = null;
        media.retry();
      });
    }
    options.onChange();
  };

  const stopWatchingDevices = devices.subscribe(() => {
    carryDevices();
    options.onChange();
  });
  const stopWatchingMedia = media.subscribe(onMedia);
  for (const source of ['microphone', 'camera'] as const) if (muted[source]) media.setMuted(source, true);
  carryDevices();

  return {
    muted: () => muted,
    remote: () => media.remote(),
    condition: () => (media.state().state === 'ready' ? 'fine' : 'interrupted'),
    follow: (view) => media.follow(mediaTargetOf(view)),
    setMuted(source, value) {
      muted = { ...muted, [source]: value };
      media.setMuted(source, value);
      carryDevices();
    },
    close() {
      cancelRetry?.();
      stopWatchingDevices();
      stopWatchingMedia();
      media.close();
    },
  };
}
