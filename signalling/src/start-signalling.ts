import { resolve } from 'node:path';
import { createPasswords, type Passwords } from './access/passwords.ts';
import { loadSecrets } from './access/secrets.ts';
import { type DemoAccount, seedDemo } from './adapters/demo/seed-demo.ts';
import { createAuditLog } from './adapters/directory/audit-log.ts';
import { createEnrolmentCodes, createKioskDirectory } from './adapters/directory/kiosk-directory.ts';
import { openDirectory } from './adapters/directory/open-directory.ts';
import { createServiceCatalogue } from './adapters/directory/service-catalogue.ts';
import { createSessionStore } from './adapters/directory/session-store.ts';
import { createStaffAccounts } from './adapters/directory/staff-accounts.ts';
import { namingStoreFailures } from './adapters/directory/store-failures.ts';
import { createPinoLog } from './adapters/pino-log.ts';
import { createPrometheusFigures } from './adapters/prometheus-figures.ts';
import { randomId } from './adapters/random-ids.ts';
import { systemClock, systemTimers } from './adapters/system-clock.ts';
import { readSignallingConfig } from './config.ts';
import { createSignalling, type Signalling } from './create-signalling.ts';
import type { Clock, Desk, DeskOutlet, MediaControl } from './desk/ports.ts';
import type { Log } from './logging/log.ts';
import { openDeskOnDisk } from './open-desk.ts';

/** What signalling says once it serves. Passwords are there only in the run that made them. */
export type SignallingReady = { url: string; demo?: { accounts: DemoAccount[] } };

/** The root of the checkout: the front ends are built beside this package. */
const checkout = resolve(import.meta.dirname, '../..');
const version = '0.1.0';

/**
 * Starts the signalling role with embedded storage.
 *
 * @param options.replace parts that tests put in the place of the real ones
 * @throws CannotStart, or a system error with its code (port taken, folder not writable)
 */
export async function startSignalling(options: {
  env: Readonly<Record<string, string | undefined>>;
  ready(info: SignallingReady): void;
  replace?: {
    log?: Log;
    clock?: Clock;
    passwords?: Passwords;
    openDesk?: (ports: { outlet: DeskOutlet; media: MediaControl }) => Promise<Desk>;
  };
}): Promise<Signalling> {
  const config = readSignallingConfig(options.env);
  const dataDir = resolve(config.DATA_DIR);
  const log = options.replace?.log ?? createPinoLog({ level: config.LOG_LEVEL, role: 'signalling' });
  const clock = options.replace?.clock ?? systemClock;
  const passwords = options.replace?.passwords ?? createPasswords();
  const { TOKEN_SECRET: tokenSecret, LINK_TOKEN: linkToken } = config;

  const directory = await openDirectory(dataDir);
  try {
    const secrets = loadSecrets({ dataDir, tokenSecret, linkToken });
    const demoAccounts =
      config.DEMO === 'on' ? await seedDemo(directory, { passwords, password: config.DEMO_PASSWORD }) : [];
    const isDemo = demoAccounts.length > 0;

    const signalling = await createSignalling({
      config,
      ...secrets,
      clock,
      timers: systemTimers,
      randomId,
      log,
      audit: createAuditLog(directory, { now: clock.now, log }),
      passwords,
      accounts: namingStoreFailures(createStaffAccounts(directory)),
      sessionStore: namingStoreFailures(createSessionStore(directory)),
      kiosks: namingStoreFailures(createKioskDirectory(directory)),
      enrolmentCodes: namingStoreFailures(createEnrolmentCodes(directory)),
      services: namingStoreFailures(createServiceCatalogue(directory)),
      folders: {
        console: resolve(checkout, 'agent-console/dist'),
        widget: resolve(checkout, 'kiosk-widget/dist'),
        kiosk: resolve(checkout, 'kiosk-widget/dist-demo'),
      },
      openDesk:
        options.replace?.openDesk ??
        ((ports) => openDeskOnDisk({ ...ports, config, dataDir, clock, timers: systemTimers, log })),
      createFigures: createPrometheusFigures,
      isDemo,
      version,
    });
    options.ready({ url: signalling.url, ...(isDemo ? { demo: { accounts: demoAccounts } } : {}) });
    let closing: Promise<void> | undefined;
    const close = async () => {
      await signalling.close();
      await directory.destroy();
    };
    return {
      ...signalling,
      close() {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await directory.destroy();
    throw error;
  }
}
