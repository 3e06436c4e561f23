import { join } from 'node:path';
import { randomId } from './adapters/random-ids.ts';
import { openSqliteDeskStore } from './adapters/sqlite-desk-store.ts';
import type { SignallingConfig } from './config.ts';
import { createDesk } from './desk/desk.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from './desk/ports.ts';
import type { Log } from './logging/log.ts';

/**
 * The desk over its embedded store in `dataDir`.
 *
 * @throws CannotStart when the store is in use or cannot be read
 */
export function openDeskOnDisk(options: {
  outlet: DeskOutlet;
  media: MediaControl;
  config: SignallingConfig;
  dataDir: string;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Desk> {
  const { config, dataDir, log, ...ports } = options;
  return createDesk({
    ...ports,
    log: log.child({ part: 'desk' }),
    newId: randomId,
    store: openSqliteDeskStore(join(dataDir, 'desk.db')),
    config: {
      offerTimeoutMs: config.OFFER_TIMEOUT_MS,
      connectingMs: config.CONNECTING_TIMEOUT_MS,
      wrapUpMs: config.WRAP_UP_MS,
      kioskAbsentInQueueMs: config.KIOSK_ABSENT_IN_QUEUE_MS,
      kioskAbsentInCallMs: config.KIOSK_ABSENT_IN_CALL_MS,
      agentAbsentInCallMs: config.AGENT_ABSENT_MS,
      prepareAhead: config.PREPARE_AHEAD,
      priorityStepMs: config.PRIORITY_STEP_MS,
    },
  });
}
