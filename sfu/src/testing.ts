import { createLog } from './adapters/pino-log.ts';
import { systemClock, systemTimers } from './adapters/system-clock.ts';
import { createSfu, type Sfu } from './sfu.ts';

/** A media server for tests: real workers on free ports of this machine, silent. */
export type TestSfu = Sfu & AsyncDisposable;

/**
 * Starts a media server that links to `signallingUrl`. The worker program is the one that MEDIASOUP_WORKER_BIN names.
 *
 * @param options.workers how many worker processes; 1 unless said otherwise
 */
export async function startTestSfu(options: {
  signallingUrl: string;
  linkToken: string;
  workers?: number;
  logLevel?: string;
}): Promise<TestSfu> {
  const sfu = await createSfu({
    config: {
      listenAddress: '127.0.0.1',
      announcedAddress: undefined,
      mediaPort: 0,
      workers: options.workers ?? 1,
      signallingUrl: options.signallingUrl,
      linkToken: { value: options.linkToken },
      logLevel: 'silent',
      workerBin: undefined,
    },
    clock: systemClock,
    timers: systemTimers,
    log: createLog({ level: options.logLevel ?? 'silent' }),
  });
  return Object.assign(sfu, { [Symbol.asyncDispose]: () => sfu.close() });
}
