import { createCallMedia } from '@bangban/sfu/client';
import { connectStaff } from '@bangban/signalling/client';
import { createApi } from '@bangban/signalling/client/api';
import type { DeviceMemory } from './call/local-devices.ts';
import { createRing } from './call/ring.ts';
import { createRingSounder } from './call/ring-sounder.ts';
import type { ConsoleParts } from './console.ts';
import { browserTimers } from './ui/timers.ts';

const VOLUME_KEY = 'bangban-console-ring-volume';
const DEFAULT_VOLUME = 0.7;

/** What the agent set on this PC; nothing of any call is ever kept here. */
const deviceMemory: DeviceMemory = {
  load: (kind) => localStorage.getItem(`bangban-console-${kind}`),
  save: (kind, deviceId) => localStorage.setItem(`bangban-console-${kind}`, deviceId),
};

function rememberedVolume(): number {
  const stored = Number(localStorage.getItem(VOLUME_KEY) ?? DEFAULT_VOLUME);
  return stored >= 0 && stored <= 1 ? stored : DEFAULT_VOLUME;
}

/** The console's parts in a real browser, against the server that the page came from. */
export function createBrowserParts(): ConsoleParts {
  let accessToken: string | undefined;
  const api = createApi({ accessToken: () => accessToken });
  const keepToken = <Session extends { accessToken: string }>(session: Session) => {
    accessToken = session.accessToken;
    return session;
  };
  return {
    api: {
      signIn: async (input) => keepToken(await api.call('signIn', { input })),
      refresh: async () => keepToken(await api.call('refresh')),
      signOut: async () => {
        accessToken = undefined;
        await api.call('signOut');
      },
    },
    kioskApi: {
      listKiosks: () => api.call('listKiosks'),
      createEnrolmentCode: (kioskId) => api.call('createEnrolmentCode', { params: { kioskId } }),
      revokeKiosk: (kioskId) => api.call('revokeKiosk', { params: { kioskId } }),
    },
    connect: (token) => connectStaff({ url: location.origin, accessToken: token }),
    createCallMedia: (signal) => createCallMedia({ signal }),
    createRing: () =>
      createRing({
        sounder: createRingSounder(),
        every(intervalMs, run) {
          const timer = setInterval(run, intervalMs);
          return () => clearInterval(timer);
        },
        volume: rememberedVolume(),
        saveVolume: (volume) => localStorage.setItem(VOLUME_KEY, String(volume)),
      }),
    // Undefined where the page is not in a secure context.
    devicePort: navigator.mediaDevices as MediaDevices | undefined,
    deviceMemory,
    timers: browserTimers,
    monotonicMs: () => performance.now(),
    exclusively: async (run) => {
      if (!('locks' in navigator)) return run();
      return navigator.locks.request('bangban-console-refresh', run);
    },
  };
}
