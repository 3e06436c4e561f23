import { createLog } from './adapters/pino-log.ts';
import { systemClock, systemTimers } from './adapters/system-clock.ts';
import { readSfuConfig } from './config.ts';
import { createSfu } from './sfu.ts';

export { CannotStart } from './cannot-start.ts';
export { readSfuConfig, type SfuConfig, sfuEnvironment } from './config.ts';
export { createSfu, type Sfu, type SfuParts, type SfuState } from './sfu.ts';

/**
 * Starts the sfu role from its environment. Resolves when the workers run; `ready` is called once, after the first
 * registration with signalling.
 *
 * @throws CannotStart with a sentence for the operator
 */
export async function startSfu(options: {
  env: Readonly<Record<string, string | undefined>>;
  ready(info: Record<string, never>): void;
}): Promise<{ close(): Promise<void> }> {
  const config = readSfuConfig(options.env);
  const log = createLog({ level: config.logLevel });
  const sfu = await createSfu({ config, clock: systemClock, timers: systemTimers, log });
  let isTold = false;
  sfu.onRegistered(() => {
    if (isTold) return;
    isTold = true;
    options.ready({});
  });
  return { close: () => sfu.close() };
}
