import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';

/** A whole number in an environment variable. */
function whole(defaultValue: number, { min, max }: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
    .default(defaultValue);
}

/** Text that people copy from examples; whoever knows the example knows the secret. */
const sampleWords = /change.?me|example|sample|secret|password|default|please|insert|your[-_]/i;

/** Whether a secret is long and varied enough to sign with: at least 32 bytes, not a sample, not a pattern. */
export function isStrongSecret(secret: string): boolean {
  const distinct = new Set(secret).size;
  return Buffer.byteLength(secret) >= 32 && distinct >= 10 && !sampleWords.test(secret);
}

const secret = z.string().refine(isStrongSecret, {
  message: 'must be at least 32 random bytes and no sample: make one with `openssl rand -base64 48`',
});

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  message: 'must be an origin such as https://kiosk.example.gov.cn (scheme, host, port; no path, no trailing slash)',
});

const notYet = (what: string) =>
  z
    .never(`is set, but this version keeps ${what} on this machine only: unset it`)
    .optional()
    .describe(`Reserved: this version keeps ${what} in DATA_DIR and refuses to start when it is set.`);

/** What the signalling role reads from its environment. The table in docs/configuration.md is made from it. */
export const signallingEnvironment = z.object({
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address to listen on. `0.0.0.0` opens the program to the network: put TLS in front of it and set PUBLIC_URL.',
    ),
  PORT: whole(3000, { min: 0, max: 65_535 }).describe('TCP port for pages, API and sockets. 0 takes any free one.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder for databases and secrets. Back it up; keep it private.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'The address that people open, when it is not http://HOST:PORT (a proxy with TLS). Its origin is allowed by itself.',
    ),
  ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .pipe(z.array(origin))
    .default([])
    .describe(
      'Origins of kiosk sites that embed the widget, separated by commas. Each one may open connections: list no more than needed.',
    ),
  TRUSTED_PROXIES: whole(0, { min: 0, max: 5 }).describe(
    'How many proxies in front may be believed about the address of a caller. Too high a number lets callers forge theirs.',
  ),
  DEMO: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether an empty DATA_DIR is filled with demo kiosks, staff and service items, and demo kiosks may enrol themselves on this machine. This version has no screen to fill it otherwise.',
    ),
  DEMO_PASSWORD: z
    .string()
    .min(8, 'must have at least 8 characters')
    .max(200)
    .optional()
    .describe('Password of all demo accounts. Without it each gets a random one, told once.'),
  TOKEN_SECRET: secret
    .optional()
    .describe(
      'Signs tokens, at least 32 bytes. Without it one is made in DATA_DIR/secrets. Changing it signs everybody out.',
    ),
  LINK_TOKEN: secret
    .optional()
    .describe('Proves media servers to signalling, at least 32 bytes. Without it one is made in DATA_DIR/secrets.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'Lets a collector on another machine read /metrics with `Authorization: Bearer`. Without it only this machine may.',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged. `debug` names every request; no level logs secrets.'),
  ACCESS_TOKEN_SECONDS: whole(600, { min: 60, max: 3_600 }).describe(
    'Life of a staff access token, in seconds. Shorter limits a stolen one; longer costs fewer renewals.',
  ),
  SESSION_HOURS: whole(12, { min: 1, max: 72 }).describe(
    'Life of a staff session, in hours: one shift without signing in again. Longer leaves forgotten browsers signed in.',
  ),
  DEVICE_TOKEN_DAYS: whole(365, { min: 1, max: 3_650 }).describe(
    'Life of a kiosk device token, in days. A kiosk that is off for longer must be enrolled again.',
  ),
  ENROLMENT_CODE_MINUTES: whole(60, { min: 5, max: 10_080 }).describe(
    'Life of a one-time enrolment code, in minutes: the time to walk to the kiosk and type it.',
  ),
  OFFER_TIMEOUT_MS: whole(20_000, { min: 1_000, max: 120_000 }).describe(
    'How long a call rings at one agent, in milliseconds. Shorter finds the next agent sooner; longer forgives a slow hand.',
  ),
  CONNECTING_TIMEOUT_MS: whole(15_000, { min: 2_000, max: 120_000 }).describe(
    'How long media may take after the answer before the call ends as `media-failed`, in milliseconds.',
  ),
  WRAP_UP_MS: whole(60_000, { min: 0, max: 900_000 }).describe(
    'How long an agent may note down a finished call before the next one can ring, in milliseconds.',
  ),
  KIOSK_ABSENT_IN_QUEUE_MS: whole(30_000, { min: 1_000, max: 600_000 }).describe(
    'How long a waiting kiosk may be gone before it loses its place, in milliseconds. Longer survives reloads; shorter spares agents dead calls.',
  ),
  KIOSK_ABSENT_IN_CALL_MS: whole(60_000, { min: 1_000, max: 600_000 }).describe(
    'How long a kiosk may be gone in a call before it ends as `kiosk-lost`, in milliseconds.',
  ),
  AGENT_ABSENT_MS: whole(30_000, { min: 1_000, max: 600_000 }).describe(
    'How long an agent may be gone in a call before it goes back to the head of the queue, in milliseconds.',
  ),
  PREPARE_AHEAD: whole(8, { min: 0, max: 1_000 }).describe(
    'Calls in the queue that get their media prepared, from the front. More makes answering instant in a rush; each costs the media server memory.',
  ),
  PRIORITY_STEP_MS: whole(120_000, { min: 0, max: 3_600_000 }).describe(
    'How much waiting time one step of priority is worth, in milliseconds. 0 ignores priorities.',
  ),
  MAX_CONNECTIONS: whole(20_000, { min: 10, max: 1_000_000 }).describe(
    'Open socket connections in all. About 35 kB each.',
  ),
  MAX_CONNECTIONS_PER_SOURCE: whole(2_000, { min: 1, max: 1_000_000 }).describe(
    'Open socket connections from one address. A hall behind one address needs as many as it has kiosks and agents.',
  ),
  MAX_CONNECTS_PER_SECOND: whole(30, { min: 1, max: 100_000 }).describe(
    'Kiosks and consoles let in per second; the rest are told when to come back. Higher brings thousands back sooner after a restart, at the cost of a load peak.',
  ),
  DRAIN_TIMEOUT_MS: whole(10_000, { min: 0, max: 3_600_000 }).describe(
    'How long a stopping process lets running calls come to their end, in milliseconds; no new ones are taken. 0 stops at once.',
  ),
  REDIS_URL: notYet('live state'),
  DATABASE_URL: notYet('history'),
});

export type SignallingConfig = Readonly<Omit<z.output<typeof signallingEnvironment>, 'REDIS_URL' | 'DATABASE_URL'>>;

/** Every problem of a configuration at once, one line each. */
export class ConfigError extends CannotStart {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Reads the configuration. An empty variable counts as unset.
 *
 * @throws ConfigError that names every problem at once, without the values of secrets
 */
export function readSignallingConfig(environment: Record<string, string | undefined>): SignallingConfig {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = signallingEnvironment.safeParse(set);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  const { REDIS_URL: _redis, DATABASE_URL: _database, ...config } = parsed.data;
  return Object.freeze(config);
}
