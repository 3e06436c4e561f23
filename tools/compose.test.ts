import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { roleNames } from '../launcher/src/supervision.ts';

/*
 * The compose file cannot be run everywhere these tests run, so its shape is checked: the keys that Compose knows, the
 * types it takes, and that the services fit each other and the image.
 */

const root = resolve(import.meta.dirname, '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

const duration = z.string().regex(/^\d+(s|m)$/);
const service = z.strictObject({
  build: z.literal('.'),
  command: z.array(z.string()),
  init: z.boolean(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  stop_grace_period: duration,
  depends_on: z.array(z.string()).optional(),
  // A number or a boolean in YAML is not what the program reads: its settings are text.
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()),
  ports: z.array(z.string().regex(/^([\d.]+:)?\d+(-\d+)?:\d+(-\d+)?(\/(udp|tcp))?$/)),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[^:]+(:ro)?$/)),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: duration,
      timeout: duration,
      retries: z.int(),
      start_period: duration,
    })
    .optional(),
});
const composeFile = z.strictObject({
  services: z.record(z.enum(roleNames), service),
  volumes: z.record(z.string(), z.null()),
});

describe('docker-compose.yml', () => {
  const { services, volumes } = composeFile.parse(compose);

  it('runs each role in a container of its own', () => {
    expect(Object.keys(services).sort()).toEqual([...roleNames].sort());
    for (const role of roleNames) expect(services[role].command).toEqual([`--role=${role}`]);
  });

  it('opens one UDP and one TCP port for each media worker', () => {
    const { MEDIA_PORT, MEDIA_WORKERS } = services.sfu.environment;
    const range = `${MEDIA_PORT}-${Number(MEDIA_PORT) + Number(MEDIA_WORKERS) - 1}`;
    expect(services.sfu.ports).toEqual([`${range}:${range}/udp`, `${range}:${range}/tcp`]);
  });

  it('gives the drain time to calls before a container is killed', () => {
    for (const { environment, stop_grace_period } of Object.values(services)) {
      expect(Number.parseInt(stop_grace_period, 10) * 1_000).toBeGreaterThan(Number(environment.DRAIN_TIMEOUT_MS));
    }
  });

  it('declares every volume that it mounts, and shares only the secrets', () => {
    const named = (role: 'signalling' | 'sfu') => services[role].volumes.map((volume) => volume.split(':')[0] ?? '');
    expect([...new Set([...named('signalling'), ...named('sfu')])].sort()).toEqual(Object.keys(volumes).sort());
    expect(named('sfu')).toEqual(['secrets']);
  });
});

describe('Dockerfile', () => {
  it('uses only files of the checkout, and ends in the program', () => {
    const programs = [...dockerfile.matchAll(/node (\S+\.(?:mjs|ts))/g)].map((match) => match[1] ?? '');
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs) expect(existsSync(join(root, program)), program).toBe(true);
    expect(dockerfile).toContain('ENTRYPOINT ["node", "main.ts"]');
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
