import type { DevicePort } from '../src/call/local-devices.ts';

type Kind = 'videoinput' | 'audioinput';
type Fault = 'NotAllowedError' | 'NotFoundError' | 'NotReadableError';

/** A track that knows whether it was stopped, and can be unplugged. */
export type FakeTrack = MediaStreamTrack & { stopped(): boolean; unplug(): void };

/** The devices of a PC, as a test plugs them in and out. */
export type FakeDevices = {
  port: DevicePort;
  /** What opening a kind gives from now on; null is a device that works. */
  set(kind: Kind, fault: Fault | null): void;
  plugged(): void;
  tracks: FakeTrack[];
  /** What was asked for, in order. */
  asked: MediaStreamConstraints[];
};

function fakeTrack(deviceId: string): FakeTrack {
  let isStopped = false;
  const target = new EventTarget();
  const track: Partial<FakeTrack> = {
    stop: () => {
      isStopped = true;
    },
    stopped: () => isStopped,
    getSettings: () => ({ deviceId }),
    addEventListener: target.addEventListener.bind(target),
    unplug: () => target.dispatchEvent(new Event('ended')),
  };
  // Only what the console uses of a track; Node has none.
  return track as FakeTrack;
}

export function createFakeDevices(): FakeDevices {
  const faults = new Map<Kind, Fault>();
  const listeners = new Set<() => void>();
  const tracks: FakeTrack[] = [];
  const asked: MediaStreamConstraints[] = [];
  const port = {
    async getUserMedia(constraints: MediaStreamConstraints) {
      asked.push(constraints);
      const kind: Kind = constraints.video === undefined ? 'audioinput' : 'videoinput';
      const fault = faults.get(kind);
      if (fault !== undefined) throw Object.assign(new Error(fault), { name: fault });
      const track = fakeTrack(`${kind}-1`);
      tracks.push(track);
      return { getTracks: () => [track] };
    },
    enumerateDevices: async () => [
      { kind: 'videoinput', deviceId: 'videoinput-1', label: 'Camera' },
      { kind: 'audioinput', deviceId: 'audioinput-1', label: 'Headset' },
      { kind: 'audiooutput', deviceId: 'speaker', label: 'Speaker' },
      { kind: 'videoinput', deviceId: '', label: '' },
    ],
    addEventListener: (_name: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_name: string, listener: () => void) => listeners.delete(listener),
  };
  return {
    // Only what the console uses of the browser's devices; Node has none.
    port: port as unknown as DevicePort,
    set: (kind, fault) => {
      if (fault === null) faults.delete(kind);
      else faults.set(kind, fault);
    },
    plugged: () => {
      for (const listener of [...listeners]) listener();
    },
    tracks,
    asked,
  };
}
