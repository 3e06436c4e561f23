import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeMediaPorts, freePort } from '@bangban/e2e/harness';
import { startProcess, whyNotListening } from '../measure/own-process.ts';

const libraries = '/usr/lib/x86_64-linux-gnu/janus';

/** Debian's Janus with its VideoRoom plugin and its WebSocket transport, on loopback. */
export type JanusServer = AsyncDisposable & { url: string };

/**
 * Starts Janus from a configuration of its own.
 *
 * Differences to what Debian ships, each of which makes it faster or keeps it on this machine: no mDNS look-ups, loopback
 * only, compact JSON, no bit-rate cap in the room. ICE stays as shipped: with ICE Lite or full trickle it was slower.
 */
export async function startJanus(): Promise<JanusServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bangban-janus-'));
  const port = await freePort();
  const firstMediaPort = await freeMediaPorts(40);
  const files: Record<string, string> = {
    'janus.jcfg': `
general: {
  configs_folder = "${folder}"
  plugins_folder = "${libraries}/plugins"
  transports_folder = "${libraries}/transports"
  events_folder = "${libraries}/events"
  loggers_folder = "${libraries}/loggers"
  debug_level = 3
}
media: { rtp_port_range = "${firstMediaPort}-${firstMediaPort + 39}" }
nat: { ignore_mdns = true, ice_enforce_list = "127.0.0.1" }
plugins: { disable = "${disabled(['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip', 'streaming', 'textroom', 'videocall', 'voicemail'])}" }
transports: { disable = "${disabled(['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'])}" }
loggers: { disable = "libjanus_jsonlog.so" }
events: { broadcast = false }
`,
    'janus.transport.websockets.jcfg': `
general: { json = "compact", ws = true, ws_port = ${port}, ws_ip = "127.0.0.1", wss = false }
admin: { admin_ws = false }
`,
    'janus.plugin.videoroom.jcfg': 'general: { }\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const server = await startProcess({
    program: 'janus',
    args: ['--configs-folder', folder, '--config', join(folder, 'janus.jcfg'), '--disable-colors'],
    whyNotReady: () => whyNotListening(port),
  });
  return {
    url: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function disabled(names: readonly string[]): string {
  return names.map((name) => `libjanus_${name}.so`).join(',');
}
