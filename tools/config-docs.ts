import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { sfuEnvironment } from '../sfu/src/config.ts';
import { signallingEnvironment } from '../signalling/src/config.ts';

/*
 * Writes docs/configuration.md from the schemas by which the roles read their environment. `--check` writes nothing and
 * fails when the file is not what it would write.
 */

const path = join(import.meta.dirname, '../docs/configuration.md');

type Environment = z.ZodObject<Record<string, z.ZodType>>;

/** What a variable is without being set: its default, or nothing. */
function defaultOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  const value = parsed.success ? parsed.data : undefined;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  return `\`${String(value)}\``;
}

function table(environment: Environment, known: ReadonlySet<string>): string {
  const rows = Object.entries(environment.shape)
    .filter(([name]) => !known.has(name))
    .map(([name, schema]) => {
      if (schema.description === undefined) throw new Error(`${name} has no description`);
      return `| \`${name}\` | ${defaultOf(schema)} | ${schema.description} |`;
    });
  return ['| Variable | Default | What it does |', '|---|---|---|', ...rows].join('\n');
}

function page(): string {
  const signalling = table(signallingEnvironment, new Set());
  const sfu = table(sfuEnvironment, new Set(Object.keys(signallingEnvironment.shape)));
  return `# Configuration

<!-- Made by tools/config-docs.ts from the schemas in signalling/src/config.ts and sfu/src/config.ts. Do not edit. -->

Bangban is configured by environment variables. Everything has a default that works on one machine; a role that finds problems
names all of them at once and does not start. An empty variable counts as unset. Durations have their unit in the name.

## Signalling, and what all roles share

${signalling}

## Media (sfu)

${sfu}

## A server that others reach

1. Put a proxy with TLS in front (browsers give cameras and microphones to secure pages only) that passes WebSockets on, and set
   \`PUBLIC_URL=https://help.example.gov.cn\` and \`TRUSTED_PROXIES=1\`.
2. Set \`MEDIA_LISTEN_ADDRESS\` to the address of the machine, and \`MEDIA_ANNOUNCED_ADDRESS\` where browsers reach it under another one. Open
   \`MEDIA_PORT\` to \`MEDIA_PORT + MEDIA_WORKERS - 1\`, UDP and TCP.
3. Name the kiosk sites that embed the widget in \`ALLOWED_ORIGINS\`.
4. Note the passwords of the first start, or set \`DEMO_PASSWORD\` before it. This version has no screen to add staff and service items
   yet: the demo's are what there is. \`DEMO=off\` keeps demo kiosks from enrolling themselves.
5. Back up \`DATA_DIR\`; \`DATA_DIR/secrets\` must stay private to the user that runs Bangban.
`;
}

const wanted = page();
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== wanted) {
    console.log('docs/configuration.md is stale: run `node tools/run.mjs tools/config-docs.ts`');
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, wanted);
}
