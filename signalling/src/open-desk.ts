import { join } from 'node:path';
import { randomId } from './adapters/random-ids.ts';
import { openSqliteDeskStore } from './adapters/sqlite-desk-store.ts';
import type { SignallingConfig } from './config.ts';
import { createDesk } from './desk/desk.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from './desk/ports.ts';
import type { Log } from './logging/log.ts';

/** The desk over its embedded store, `DATA_DIR/desk.db`. @throws CannotStart when another process has it */
export async function openDeskOnDisk(options: {
  outlet: DeskOutlet;
  media: MediaControl;
  config: SignallingConfig;
  dataDir: string;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Desk> {
  const { config, dataDir, outlet, media, clock, timers, log } = options;
  const store = openSqliteDeskStore(join(dataDir, 'desk.db'));
  try {
    return await createDesk({
      store,
      clock,
      timers,
      newId: randomId,
      outlet,
      media,
      config: {
        offerTimeoutMs: config.OFFER_TIMEOUT_MS,
        kioskAbsentInQueueMs: config.KIOSK_ABSENT_IN_QUEUE_MS,
        kioskAbsentInCallMs: config.KIOSK_ABSENT_IN_CALL_MS,
        connectingMs: config.CONNECTING_TIMEOUT_MS,
        agentAbsentInCallMs: config.AGENT_ABSENT_MS,
        wrapUpMs: config.WRAP_UP_MS,
        priorityStepMs: config.PRIORITY_STEP_MS,
        prepareAhead: config.PREPARE_AHEAD,
      },
      log: log.child({ part: 'desk' }),
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}
