import { describe, expect, it } from 'vitest';
import { fakeTrack, settle } from '../call/testing.ts';
import { createLocalDevices, type MediaDevicesPort } from './devices.ts';

/** A kiosk whose devices the test plugs, unplugs and breaks. */
function fakePort(broken: { camera?: string; microphone?: string } = {}) {
  const target = new EventTarget();
  const asked: MediaStreamConstraints[] = [];
  const tracks: MediaStreamTrack[] = [];
  let gate: Promise<void> | null = null;
  const port: MediaDevicesPort = {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    async getUserMedia(constraints = {}) {
      asked.push(constraints);
      await gate;
      const name = (constraints.video && broken.camera) || (constraints.audio && broken.microphone);
      if (name) throw new DOMException('the fake port', name);
      const video = constraints.video ? [fakeTrack('video')] : [];
      const audio = constraints.audio ? [fakeTrack('audio')] : [];
      tracks.push(...video, ...audio);
      // Only these three are used of a stream.
      return {
        getTracks: () => [...video, ...audio],
        getVideoTracks: () => video,
        getAudioTracks: () => audio,
      } as unknown as MediaStream;
    },
  };
  return {
    port,
    asked,
    tracks,
    broken,
    plug: () => target.dispatchEvent(new Event('devicechange')),
    waitFor: (promise: Promise<void>) => {
      gate = promise;
    },
  };
}

describe('opening', () => {
  it('[WIDGET-12] asks for both in one request, with echo cancellation and a picture of 720 lines', async () => {
    const { port, asked } = fakePort();
    const report = await createLocalDevices(port).open();
    expect([report.camera.state, report.microphone.state]).toEqual(['working', 'working']);
    expect(asked).toMatchObject([
      {
        video: { height: { ideal: 720 }, frameRate: { ideal: 30 } },
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      },
    ]);
  });

  it.each([
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ] as const)(
    '[WIDGET-12] names a camera that fails with %s, and opens the microphone alone',
    async (name, problem) => {
      const report = await createLocalDevices(fakePort({ camera: name }).port).open();
      expect(report.camera).toEqual({ state: 'failed', problem });
      expect(report.microphone.state).toBe('working');
    },
  );

  it('[WIDGET-12] says that a page without HTTPS has no devices', async () => {
    const report = await createLocalDevices(undefined).open();
    expect(report.microphone).toEqual({ state: 'failed', problem: 'insecure-page' });
  });

  it('[WIDGET-14] stops a device that opens after the resident has left, also when it is opened again meanwhile', async () => {
    const { port, tracks, waitFor } = fakePort();
    const devices = createLocalDevices(port);
    const gate = Promise.withResolvers<void>();
    waitFor(gate.promise);
    void devices.open();
    devices.close();
    void devices.open();
    gate.resolve();
    await settle();
    expect(tracks.map((track) => track.readyState)).toEqual(['ended', 'ended', 'live', 'live']);
    expect(devices.report().camera).toEqual({ state: 'working', track: tracks[2] });
  });
});

describe('unplugging', () => {
  it('[WIDGET-15] names the device, and takes it back when it returns', async () => {
    const kiosk = fakePort();
    const devices = createLocalDevices(kiosk.port);
    await devices.open();
    const [camera] = kiosk.tracks;
    kiosk.broken.camera = 'NotFoundError';
    camera?.dispatchEvent(new Event('ended'));
    expect(devices.report().camera).toEqual({ state: 'failed', problem: 'unplugged' });
    delete kiosk.broken.camera;
    kiosk.plug();
    await settle();
    expect(devices.report().camera.state).toBe('working');
  });

  it('[WIDGET-15] does not ask again for what was refused', async () => {
    const kiosk = fakePort({ camera: 'NotAllowedError' });
    const devices = createLocalDevices(kiosk.port);
    await devices.open();
    const before = kiosk.asked.length;
    kiosk.plug();
    await settle();
    expect(kiosk.asked).toHaveLength(before);
  });

  it('[WIDGET-40] opens nothing any more after the end', async () => {
    const kiosk = fakePort({ camera: 'NotFoundError' });
    const devices = createLocalDevices(kiosk.port);
    await devices.open();
    devices.close();
    const before = kiosk.asked.length;
    kiosk.plug();
    await settle();
    expect(kiosk.asked).toHaveLength(before);
    expect(kiosk.tracks.map((track) => track.readyState)).toEqual(['ended']);
  });
});
