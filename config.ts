import { resolve } from 'node:path';
import * as z from 'zod';

/**
 * What the launcher itself reads. Both are settings of signalling as well, whose schema docs/configuration.md is made
 * from; each role is given the whole environment.
 */
const launcherEnvironment = z.object({
  DATA_DIR: z.string().default('./data'),
  DRAIN_TIMEOUT_MS: z
    .string()
    .regex(/^\d{1,7}$/, 'must be a whole number of milliseconds')
    .transform(Number)
    .default(10_000),
});

export type LauncherConfig = {
  dataDir: string;
  drainTimeoutMs: number;
  /** When the command was given (milliseconds since the epoch), so that time to ready covers the preparation. */
  commandGivenAtMs: number | undefined;
  /** The environment for the roles, with DATA_DIR made absolute. */
  env: Readonly<Record<string, string | undefined>>;
};

/** Reads the launcher's settings; an empty variable counts as unset. @throws an error named CannotStart that lists every problem at once */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LauncherConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = launcherEnvironment.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
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
