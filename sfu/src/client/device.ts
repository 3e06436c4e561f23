import { Device } from 'mediasoup-client';
import type { MediaSignal } from './call-media.ts';

/** Gives the browser's media device, loaded with what the rooms can carry. */
export type DeviceLoader = {
  /** One request and two throw-away connections the first time, nothing after that. Rejects as the request does. */
  load(signal: MediaSignal): Promise<Device>;
  /** The server has other capabilities than those that were loaded (an upgrade): load anew next time. */
  forget(): void;
};

export function createDeviceLoader(makeDevice: () => Promise<Device> = () => Device.factory()): DeviceLoader {
  let loading: Promise<Device> | undefined;

  async function loadAnew(signal: MediaSignal): Promise<Device> {
    const [device, { routerRtpCapabilities }] = await Promise.all([
      makeDevice(),
      signal.request('media:capabilities', {}),
    ]);
    await device.load({
      // The server leaves fields out where mediasoup writes `undefined`; they are its own capabilities.
      routerRtpCapabilities: routerRtpCapabilities as Parameters<Device['load']>[0]['routerRtpCapabilities'],
    });
    return device;
  }

  return {
    load(signal) {
      loading ??= loadAnew(signal).catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    forget() {
      loading = undefined;
    },
  };
}
