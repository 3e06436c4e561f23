import { resolve } from 'node:path';
import * as z from 'zod';

/**
 * What the launcher itself reads. Each role has settings of its own (`signalling/src/config.ts`, `sfu/src/config.ts`)
 * and is given the whole environment.
 */
export const launcherEnvironment = z.object({
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder for everything that must survive a restart: databases, secrets, logs. Relative to the checkout.'),
  DRAIN_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(600_000)
    .default(10_000)
    .describe('How long running calls may go on after a request to stop (Ctrl-C, SIGTERM) before everything is ended.'),
});

export type LauncherConfig = {
  dataDir: string;
  drainTimeoutMs: number;
  /** When the command was given (milliseconds since the epoch), so that time to ready covers the preparation. */
  commandGivenAtMs: number | undefined;
  /** The environment for the roles, with DATA_DIR made absolute. */
  env: Readonly<Record<string, string | undefined>>;
};

/** Reads the launcher's settings. @throws an error named CannotStart that lists every problem at once */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LauncherConfig {
  const parsed = launcherEnvironment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw Object.assign(new Error(`Settings that cannot be used: ${problems.join('; ')}.`), { name: 'CannotStart' });
  }
  const dataDir = resolve(import.meta.dirname, parsed.data.DATA_DIR);
  const commandGivenAtMs = Number(env.BANGBAN_COMMAND_GIVEN_AT_MS) || undefined;
  return {
    dataDir,
    drainTimeoutMs: parsed.data.DRAIN_TIMEOUT_MS,
    commandGivenAtMs,
    env: { ...env, DATA_DIR: dataDir },
  };
}
