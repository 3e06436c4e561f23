import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as mediasoup from 'mediasoup';
import { bindingRequest } from './stun.mjs';

/*
 * node dtls-handshake.mjs WORKER
 *
 * Has two transports of one worker shake hands with each other, over real UDP and through its WebRtcServer:
 *
 *   transport A ◀── UDP ──▶ relay socket A ══ relay socket B ◀── UDP ──▶ transport B
 *   (DTLS client)                                                        (DTLS server)
 *
 * Both transports are ICE lite and only answer, so each relay socket sends the binding request that a browser would
 * send, and from then on passes everything on. Prints one line of JSON. Needs a Node that mediasoup accepts.
 */

const timeoutMs = 5_000;
const address = '127.0.0.1';

/** @typedef {import('mediasoup').types.WebRtcTransport} Transport */

/** @param {string} workerBin */
async function shakeHands(workerBin) {
  const worker = await mediasoup.createWorker({ workerBin, logLevel: 'none' });
  const died = once(worker, 'subprocessclose').then(() => {
    throw new Error('the worker crashed in the handshake');
  });
  died.catch(() => {});
  const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: address }] });
  const router = await worker.createRouter();
  const [a, b] = await Promise.all(
    [1, 2].map(() => router.createWebRtcTransport({ webRtcServer: server, iceConsentTimeout: 0 })),
  );
  if (!a || !b) throw new Error('the worker made no transports');

  const relays = await Promise.all([openRelay(a), openRelay(b)]);
  passOn(relays[0], relays[1]);
  passOn(relays[1], relays[0]);

  const startedAt = performance.now();
  const connected = Promise.all([a, b].map(whenConnected));
  await a.connect({ dtlsParameters: { role: 'server', fingerprints: b.dtlsParameters.fingerprints } });
  await b.connect({ dtlsParameters: { role: 'client', fingerprints: a.dtlsParameters.fingerprints } });
  for (const { socket, transport, port } of relays) socket.send(bindingRequest(transport.iceParameters), port, address);
  await Promise.race([connected, died, timeout()]);
  return performance.now() - startedAt;
}

/** @param {Transport} transport */
async function openRelay(transport) {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  return { socket, transport, port: transport.iceCandidates[0]?.port ?? 0 };
}

/** @typedef {Awaited<ReturnType<typeof openRelay>>} Relay */

/** @param {Relay} from @param {Relay} to */
function passOn(from, to) {
  // RFC 7983: the first byte of DTLS is 20 to 63; a STUN answer, whose first byte is 1, is for the relay itself.
  from.socket.on('message', (packet) => (packet[0] ?? 0) >= 20 && to.socket.send(packet, to.port, address));
}

/** @param {Transport} transport */
function whenConnected(transport) {
  return new Promise((resolve, reject) => {
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') resolve(undefined);
      if (state === 'failed') reject(new Error('the DTLS handshake failed'));
    });
  });
}

function timeout() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the DTLS handshake was not complete after ${timeoutMs / 1_000} s`)), timeoutMs);
  });
}

let result;
try {
  result = { ok: true, ms: Math.round(await shakeHands(process.argv[2] ?? '')) };
} catch (error) {
  result = { ok: false, reason: error instanceof Error ? error.message : String(error) };
}
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(result.ok ? 0 : 1));
