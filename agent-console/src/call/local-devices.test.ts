import { describe, expect, it } from 'vitest';
import { createFakeDevices } from '../../test/fake-devices.ts';
import { settle } from '../../test/fake-timers.ts';
import { createLocalDevices } from './local-devices.ts';

function devicesOf() {
  const fake = createFakeDevices();
  const remembered = new Map<string, string>();
  const devices = createLocalDevices(fake.port, {
    load: (kind) => remembered.get(kind) ?? null,
    save: (kind, deviceId) => remembered.set(kind, deviceId),
  });
  return { fake, devices, remembered };
}

describe('local devices (CONSOLE)', () => {
  it('[CONSOLE-14] opens both and names what there is to choose', async () => {
    const { devices } = devicesOf();
    devices.open();
    expect(devices.get().camera.state).toBe('opening');
    await settle();
    expect(devices.get()).toMatchObject({
      camera: { state: 'open', deviceId: 'videoinput-1' },
      microphone: { state: 'open', deviceId: 'audioinput-1' },
      options: {
        camera: [{ deviceId: 'videoinput-1', label: 'Camera' }],
        microphone: [{ deviceId: 'audioinput-1', label: 'Headset' }],
      },
    });
  });

  it('[CONSOLE-14] stops the tracks, so that the light of the camera goes out', async () => {
    const { devices, fake } = devicesOf();
    devices.open();
    await settle();
    devices.release();
    expect(fake.tracks.map((track) => track.stopped())).toEqual([true, true]);
    expect(devices.get()).toMatchObject({ camera: { state: 'closed' }, microphone: { state: 'closed' } });
  });

  it('[CONSOLE-14] a track that comes after the release is stopped at once', async () => {
    const { devices, fake } = devicesOf();
    devices.open();
    devices.release();
    await settle();
    expect(fake.tracks.map((track) => track.stopped())).toEqual([true, true]);
    expect(devices.get().camera.state).toBe('closed');
  });

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'in-use'],
  ] as const)('[CONSOLE-15] %s is "%s", and the other device works', async (error, fault) => {
    const { devices, fake } = devicesOf();
    fake.set('videoinput', error);
    devices.open();
    await settle();
    expect(devices.get()).toMatchObject({ camera: { state: 'unusable', fault }, microphone: { state: 'open' } });
  });

  it('[CONSOLE-15] a camera that is plugged in opens by itself', async () => {
    const { devices, fake } = devicesOf();
    fake.set('videoinput', 'NotFoundError');
    devices.open();
    await settle();
    fake.set('videoinput', null);
    fake.plugged();
    await settle();
    expect(devices.get().camera.state).toBe('open');
    // The microphone was not opened anew: the resident would hear a gap.
    expect(fake.asked).toHaveLength(3);
  });

  it('[CONSOLE-15] nothing opens by itself while the agent is away', async () => {
    const { devices, fake } = devicesOf();
    fake.plugged();
    await settle();
    expect(devices.get().camera.state).toBe('closed');
    expect(fake.asked).toHaveLength(0);
  });

  it('[CONSOLE-15] an unplugged device is lost, and not ended by us', async () => {
    const { devices, fake } = devicesOf();
    devices.open();
    await settle();
    fake.tracks[0]?.unplug();
    expect(devices.get().camera).toEqual({ state: 'unusable', fault: 'lost' });
  });

  it('[CONSOLE-15] without a secure context there are no devices', async () => {
    const devices = createLocalDevices(undefined, { load: () => null, save: () => undefined });
    devices.open();
    await settle();
    expect(devices.get().camera).toEqual({ state: 'unusable', fault: 'missing' });
  });

  it('[CONSOLE-14] a chosen device is asked for, and remembered on this PC', async () => {
    const { devices, fake, remembered } = devicesOf();
    devices.open();
    await settle();
    devices.choose('camera', 'document-camera');
    await settle();
    expect(remembered.get('camera')).toBe('document-camera');
    expect(fake.asked.at(-1)).toMatchObject({ video: { deviceId: { ideal: 'document-camera' } } });
    expect(fake.tracks[0]?.stopped()).toBe(true);
  });
});
