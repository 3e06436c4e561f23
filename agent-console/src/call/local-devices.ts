import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';

/** The two devices that an agent brings to a call. */
export type DeviceKind = 'camera' | 'microphone';

/** A device to choose from. */
export type DeviceOption = { deviceId: string; label: string };

/** Why a device cannot be used. Each has its own words on the screen. */
export type DeviceFault = 'refused' | 'missing' | 'in-use' | 'lost';

export type DeviceState =
  | { state: 'closed' }
  | { state: 'opening' }
  | { state: 'open'; track: MediaStreamTrack; deviceId: string }
  | { state: 'unusable'; fault: DeviceFault };

export type LocalDevicesState = {
  camera: DeviceState;
  microphone: DeviceState;
  /** Empty until the browser was allowed to name them. */
  options: Record<DeviceKind, readonly DeviceOption[]>;
};

/** The part of `navigator.mediaDevices` that is used here. */
export type DevicePort = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

/** Remembers which devices the agent chose on this PC. */
export type DeviceMemory = { load(kind: DeviceKind): string | null; save(kind: DeviceKind, deviceId: string): void };

/** Owns the agent's camera and microphone tracks: whoever else uses them never stops them. */
export type LocalDevices = Readable<LocalDevicesState> & {
  /** Opens both; what cannot be opened is a state, not an exception. Also tries again what failed before. */
  open(): void;
  /** Stops both; the camera's light goes out. */
  release(): void;
  choose(kind: DeviceKind, deviceId: string): void;
  close(): void;
};

/** 720p is what a kiosk shows large; the browser takes the nearest that the camera has. */
const wishes: Record<DeviceKind, MediaTrackConstraints> = {
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};
const browserKind = { camera: 'videoinput', microphone: 'audioinput' } as const;
const constraintOf = { camera: 'video', microphone: 'audio' } as const;
const kinds: readonly DeviceKind[] = ['camera', 'microphone'];

/** DOMException names of getUserMedia: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
function faultOf(thrown: unknown): DeviceFault {
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use';
  return 'missing';
}

/** @param port absent where the page is not in a secure context: then there are no devices to use */
export function createLocalDevices(port: DevicePort | undefined, memory: DeviceMemory): LocalDevices {
  const store = createStore<LocalDevicesState>({
    camera: { state: 'closed' },
    microphone: { state: 'closed' },
    options: { camera: [], microphone: [] },
  });
  const disposer = createDisposer();
  let wanted = false;
  /** Raised by every opening and release of a kind: an answer to an older question is thrown away. */
  const turn: Record<DeviceKind, number> = { camera: 0, microphone: 0 };

  const show = (kind: DeviceKind, state: DeviceState) => store.set({ ...store.get(), [kind]: state });

  const stop = (kind: DeviceKind) => {
    const held = store.get()[kind];
    turn[kind] += 1;
    if (held.state === 'open') held.track.stop();
  };

  async function listOptions(): Promise<void> {
    const devices = (await port?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: DeviceKind) =>
      devices
        .filter((device) => device.kind === browserKind[kind] && device.label !== '' && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ deviceId, label }));
    store.set({ ...store.get(), options: { camera: of('camera'), microphone: of('microphone') } });
  }

  async function openOne(kind: DeviceKind, deviceId: string | null): Promise<void> {
    stop(kind);
    const mine = turn[kind];
    show(kind, { state: 'opening' });
    try {
      if (port === undefined) throw new Error('no devices outside a secure context');
      const wish = deviceId === null ? wishes[kind] : { ...wishes[kind], deviceId: { ideal: deviceId } };
      const stream = await port.getUserMedia({ [constraintOf[kind]]: wish });
      const track = stream.getTracks()[0];
      if (track === undefined) throw new Error('no track');
      if (turn[kind] !== mine) return track.stop();
      // `ended` comes only from outside (unplugged, permission withdrawn): our own `stop` does not fire it.
      track.addEventListener('ended', () => turn[kind] === mine && show(kind, { state: 'unusable', fault: 'lost' }));
      show(kind, { state: 'open', track, deviceId: track.getSettings().deviceId ?? '' });
    } catch (thrown) {
      if (turn[kind] === mine) show(kind, { state: 'unusable', fault: faultOf(thrown) });
    }
    await listOptions();
  }

  const openMissing = () => {
    for (const kind of kinds) {
      const { state } = store.get()[kind];
      if (state === 'closed' || state === 'unusable') void openOne(kind, memory.load(kind));
    }
  };

  if (port !== undefined) {
    const plugged = () => {
      void listOptions();
      // Something was plugged in or out: what could not be used may be there now.
      if (wanted) openMissing();
    };
    port.addEventListener('devicechange', plugged);
    disposer.add(() => port.removeEventListener('devicechange', plugged));
  }

  const release = () => {
    wanted = false;
    for (const kind of kinds) {
      stop(kind);
      show(kind, { state: 'closed' });
    }
  };
  disposer.add(release);

  return {
    get: store.get,
    subscribe: store.subscribe,
    open() {
      wanted = true;
      openMissing();
    },
    release,
    choose(kind, deviceId) {
      memory.save(kind, deviceId);
      wanted = true;
      void openOne(kind, deviceId);
    },
    close: disposer.close,
  };
}
