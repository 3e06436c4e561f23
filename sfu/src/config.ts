import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';

/** A whole number in an environment variable. */
function whole({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

/** What the sfu role reads from its environment. The table in docs/configuration.md is made from it. */
export const sfuEnvironment = z.object({
  MEDIA_LISTEN_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'must be an IP address of this machine')
    .default('127.0.0.1')
    .describe(
      'IP address on which media is received. The default reaches this machine only; `0.0.0.0` listens on all addresses and needs MEDIA_ANNOUNCED_ADDRESS.',
    ),
  MEDIA_ANNOUNCED_ADDRESS: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'must be an IP address or a host name')
    .optional()
    .describe(
      'IP address or host name that browsers are told to send media to, where it is not MEDIA_LISTEN_ADDRESS (behind NAT).',
    ),
  MEDIA_PORT: whole({ min: 0, max: 65_535 })
    .default(40_000)
    .describe(
      'First media port. Each worker takes one more, UDP and TCP: open MEDIA_PORT to MEDIA_PORT + MEDIA_WORKERS - 1. 0 takes free ones.',
    ),
  MEDIA_WORKERS: whole({ min: 1, max: 256 })
    .optional()
    .describe(
      'Media worker processes; one per processor core unless set. Each carries about a hundred calls on its core.',
    ),
  SIGNALLING_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional()
    .describe('Where signalling listens. Without it: HOST and PORT of this machine.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Where signalling listens on this machine, unless SIGNALLING_URL is set.'),
  PORT: whole({ min: 0, max: 65_535 })
    .default(3_000)
    .describe('Port of signalling on this machine, unless SIGNALLING_URL is set.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder that holds secrets/link-token, which signalling makes. The role waits until it is there.'),
  LINK_TOKEN: z
    .string()
    .min(32, 'must be at least 32 bytes, and the same as for signalling')
    .optional()
    .describe('Proves this media server to signalling, where the two do not share DATA_DIR.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged. `debug` names every request; no level logs tokens or keys.'),
  MEDIASOUP_WORKER_BIN: z
    .string()
    .min(1)
    .optional()
    .describe('The mediasoup worker program. `npm start` sets it to the one it has downloaded or built.'),
});

export type SfuConfig = Readonly<{
  listenAddress: string;
  announcedAddress: string | undefined;
  /** 0 takes any free port for every worker. */
  mediaPort: number;
  workers: number;
  signallingUrl: string;
  linkToken: { value: string } | { file: string };
  logLevel: z.output<typeof sfuEnvironment>['LOG_LEVEL'];
  workerBin: string | undefined;
}>;

/** Addresses that mean "every address of this machine": nobody can be told to send media there. */
const unspecifiedAddresses = ['0.0.0.0', '::'];

/**
 * Reads the configuration. An empty variable counts as unset.
 *
 * @throws CannotStart that names every problem at once, without the values of secrets
 */
export function readSfuConfig(environment: Readonly<Record<string, string | undefined>>): SfuConfig {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = sfuEnvironment.safeParse(set);
  if (!parsed.success) throw refused(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));

  const env = parsed.data;
  const workers = env.MEDIA_WORKERS ?? availableParallelism();
  const problems: string[] = [];
  if (unspecifiedAddresses.includes(env.MEDIA_LISTEN_ADDRESS) && env.MEDIA_ANNOUNCED_ADDRESS === undefined) {
    problems.push(`MEDIA_ANNOUNCED_ADDRESS must be set when MEDIA_LISTEN_ADDRESS is ${env.MEDIA_LISTEN_ADDRESS}`);
  }
  if (env.MEDIA_PORT + workers - 1 > 65_535) problems.push('MEDIA_PORT leaves no room for one port per worker');
  if (problems.length > 0) throw refused(problems);

  return Object.freeze({
    listenAddress: env.MEDIA_LISTEN_ADDRESS,
    announcedAddress: env.MEDIA_ANNOUNCED_ADDRESS,
    mediaPort: env.MEDIA_PORT,
    workers,
    signallingUrl: env.SIGNALLING_URL ?? localSignalling(env.HOST, env.PORT),
    linkToken: env.LINK_TOKEN
      ? { value: env.LINK_TOKEN }
      : { file: join(resolve(env.DATA_DIR), 'secrets', 'link-token') },
    logLevel: env.LOG_LEVEL,
    workerBin: env.MEDIASOUP_WORKER_BIN,
  });
}

function localSignalling(host: string, port: number): string {
  const reachable = unspecifiedAddresses.includes(host) ? '127.0.0.1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}

function refused(problems: readonly string[]): CannotStart {
  const list = problems.map((problem) => `  ${problem}`).join('\n');
  return new CannotStart({
    en: `The media server cannot start: ${problems.length} setting(s) must be corrected:\n${list}`,
    'zh-CN': `媒体服务无法启动：请先改正以上 ${problems.length} 项设置。`,
  });
}
