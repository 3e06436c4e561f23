/** Why a camera or microphone cannot be used. */
export type DeviceProblem =
  /** There is none, or it cannot do what is asked. */
  | 'missing'
  /** The browser or the kiosk's policy does not allow it. */
  | 'refused'
  /** Another program holds it, or the system failed to start it. */
  | 'busy'
  /** It worked and was taken away. */
  | 'unplugged'
  /** The page is not served over HTTPS, so the browser offers no devices at all. */
  | 'insecure-page';

export type DeviceState =
  | { state: 'closed' }
  | { state: 'working'; track: MediaStreamTrack }
  | { state: 'failed'; problem: DeviceProblem };

/** The camera and the microphone of this kiosk. */
export type DeviceReport = { camera: DeviceState; microphone: DeviceState };
export type DeviceName = keyof DeviceReport;

/** Owns the kiosk's camera and microphone: opens them, notices when they go and come, stops them. */
export type LocalDevices = {
  report(): DeviceReport;
  /** Opens what does not work yet. Never rejects: what fails is named in the report. */
  open(): Promise<DeviceReport>;
  /** Stops every track. A device that opens late, after this, is stopped as well. */
  close(): void;
  /** Runs after every change of the report. Returns the unsubscription. */
  subscribe(listener: () => void): () => void;
};

/** The part of `navigator.mediaDevices` that is used. */
export type MediaDevicesPort = Pick<MediaDevices, 'getUserMedia' | 'addEventListener' | 'removeEventListener'>;

const constraints = {
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
} as const satisfies Record<DeviceName, MediaTrackConstraints>;

const closed: DeviceReport = { camera: { state: 'closed' }, microphone: { state: 'closed' } };

/** @param mediaDevices undefined where the browser offers none, as on pages without HTTPS */
export function createLocalDevices(mediaDevices: MediaDevicesPort | undefined): LocalDevices {
  const listeners = new Set<() => void>();
  let report = closed;
  let opening: Promise<DeviceReport> | null = null;
  /** Raised by every `close()`: a device that was asked for before it and opens after it is stopped. */
  let turn = 0;

  const change = (name: DeviceName, device: DeviceState): void => {
    report = { ...report, [name]: device };
    for (const listener of [...listeners]) listener();
  };

  const take = (name: DeviceName, track: MediaStreamTrack | undefined, askedIn: number): void => {
    if (askedIn !== turn) return track?.stop();
    if (!track) return change(name, { state: 'failed', problem: 'missing' });
    track.addEventListener('ended', () => {
      const held = report[name];
      if (held.state === 'working' && held.track === track) change(name, { state: 'failed', problem: 'unplugged' });
    });
    change(name, { state: 'working', track });
  };

  const openOne = async (port: MediaDevicesPort, name: DeviceName): Promise<void> => {
    const askedIn = turn;
    try {
      const stream = await port.getUserMedia(
        name === 'camera' ? { video: constraints.camera } : { audio: constraints.microphone },
      );
      take(name, stream.getTracks()[0], askedIn);
    } catch (error) {
      if (askedIn === turn) change(name, { state: 'failed', problem: problemOf(error) });
    }
  };

  const openMissing = async (): Promise<DeviceReport> => {
    const askedIn = turn;
    const missing = (['camera', 'microphone'] as const).filter((name) => report[name].state !== 'working');
    if (!mediaDevices) {
      for (const name of missing) change(name, { state: 'failed', problem: 'insecure-page' });
      return report;
    }
    if (missing.length === 2) {
      // Both in one request: one question where the browser asks, and one start-up instead of two.
      try {
        const stream = await mediaDevices.getUserMedia({ video: constraints.camera, audio: constraints.microphone });
        take('camera', stream.getVideoTracks()[0], askedIn);
        take('microphone', stream.getAudioTracks()[0], askedIn);
        return report;
      } catch {
        // One of them fails, or both: asked alone, each names its own problem.
      }
    }
    for (const name of missing) if (askedIn === turn) await openOne(mediaDevices, name);
    return report;
  };

  const onDeviceChange = (): void => {
    const { camera, microphone } = report;
    if (canComeBack(camera) || canComeBack(microphone)) void open();
  };

  const open = (): Promise<DeviceReport> => {
    mediaDevices?.addEventListener('devicechange', onDeviceChange);
    const mine = opening ?? openMissing();
    opening = mine;
    void mine.finally(() => {
      if (opening === mine) opening = null;
    });
    return mine;
  };

  return {
    report: () => report,
    open,
    close() {
      turn += 1;
      opening = null;
      mediaDevices?.removeEventListener('devicechange', onDeviceChange);
      for (const device of [report.camera, report.microphone]) if (device.state === 'working') device.track.stop();
      report = closed;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A refusal stays one until somebody changes the kiosk's settings; the other problems may end with a plug. */
function canComeBack(device: DeviceState): boolean {
  return device.state === 'failed' && device.problem !== 'refused' && device.problem !== 'insecure-page';
}

/** Names as in Media Capture and Streams, "getUserMedia()". */
function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'missing';
  }
}
