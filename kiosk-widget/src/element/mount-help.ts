import type { CommandId } from '@bangban/protocol';
import { CONSENT_VERSION } from '@bangban/protocol/plain';
import { createCallMedia } from '@bangban/sfu/client';
import { connectKiosk } from '@bangban/signalling/client';
import { createCallMarkStore } from '../call/call-mark.ts';
import { createCallController } from '../call/controller.ts';
import { installationOf } from '../call/installation.ts';
import type { HelpHost, MountedHelp } from '../loader/host.ts';
import { createLocalDevices } from '../media/devices.ts';
import { assembleHelp } from './assemble-help.ts';

/** The widget with the browser's devices and storage and a real server: what the loader loads. */
export function mountHelp(host: HelpHost): MountedHelp {
  const controller = createCallController({
    settings: host.settings,
    connect: () =>
      connectKiosk({
        url: host.settings().server,
        deviceToken: () => host.settings().deviceToken,
        installation: installationOf(() => localStorage, newId),
      }),
    createMedia: (signal) => createCallMedia({ signal }),
    devices: createLocalDevices(navigator.mediaDevices),
    mark: createCallMarkStore(() => sessionStorage),
    consentVersion: CONSENT_VERSION,
    // Random enough to be nobody else's; the server takes any string of this shape.
    newCommandId: () => newId() as CommandId,
    after(delayMs, action) {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  });
  return assembleHelp(host, controller);
}

/** 128 random bits in hexadecimal. Not `randomUUID`, which pages without HTTPS do not have. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
