import { PeerId } from '@bangban/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agent, call, kiosk, type Linked, startLinked } from './rig/linked.ts';
import { capabilities, fingerprint, parametersOf } from './rig/rtp.ts';

let sfu: Linked;
let pids: number[];
beforeAll(async () => {
  sfu = await startLinked();
  await sfu.open('open');
  pids = sfu.sfu.state().workers.map(({ pid }) => pid);
});
afterAll(async () => {
  await sfu[Symbol.asyncDispose]();
});

const refusals = ['invalid-payload', 'media-rejected', 'not-found'];

/** A text that no field has room for. */
const huge = 'x'.repeat(5_000);

describe('ROOM: hostile parameters', () => {
  const wrong: Record<string, (good: ReturnType<typeof parametersOf>) => unknown> = {
    'no codecs': (good) => ({ ...good.rtpParameters, codecs: [] }),
    'a thousand codecs': (good) => ({ ...good.rtpParameters, codecs: Array(1_000).fill(good.rtpParameters.codecs[0]) }),
    'a codec of another kind': (good) => ({
      ...good.rtpParameters,
      codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    }),
    'an unknown codec': (good) => ({
      ...good.rtpParameters,
      codecs: [{ mimeType: 'video/none', payloadType: 96, clockRate: 90_000 }],
    }),
    'a negative payload type': (good) => ({
      ...good.rtpParameters,
      codecs: [{ ...good.rtpParameters.codecs[0], payloadType: -1 }],
    }),
    'a payload type beyond the last': (good) => ({
      ...good.rtpParameters,
      codecs: [{ ...good.rtpParameters.codecs[0], payloadType: 999 }],
    }),
    'a huge mid': (good) => ({ ...good.rtpParameters, mid: huge }),
    'a huge rid': (good) => ({ ...good.rtpParameters, encodings: [{ rid: huge }, { rid: 'r1' }] }),
    'no encodings': (good) => ({ ...good.rtpParameters, encodings: [] }),
    'encodings without names': (good) => ({ ...good.rtpParameters, mid: undefined, encodings: [{}, {}, {}] }),
    'an ssrc beyond 32 bits': (good) => ({ ...good.rtpParameters, encodings: [{ ssrc: 2 ** 40 }] }),
    'rtx without its codec': (good) => ({
      ...good.rtpParameters,
      codecs: [{ mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 5 } }],
    }),
    'header extension ids that are no numbers': (good) => ({
      ...good.rtpParameters,
      headerExtensions: [{ uri: 'urn:x', id: 'one' }],
    }),
    null: () => null,
    'a text': () => huge,
  };

  it.each(Object.keys(wrong))('[ROOM-8] RTP parameters with %s are refused and the worker lives', async (name) => {
    const good = parametersOf('camera');
    const joined = await sfu.join(kiosk);
    const produce = (rtpParameters: unknown) =>
      sfu.refusal('producer:open', {
        callId: call,
        epoch: 1,
        peerId: kiosk,
        transportId: joined.send.id,
        paused: false,
        ...good,
        // Whatever a hostile page may send.
        rtpParameters: rtpParameters as never,
      });
    expect(refusals).toContain(await produce(wrong[name]?.(good)));
    // The right ones are still taken.
    expect(await produce(good.rtpParameters)).toBe('granted');
    expect(sfu.workersAreAlive(pids)).toBe(true);
  });

  it.each([
    ['no fingerprints', { role: 'client', fingerprints: [] }],
    ['an unknown algorithm', { fingerprints: [{ algorithm: 'md5', value: 'AB:CD' }] }],
    ['a fingerprint that is none', { fingerprints: [{ algorithm: 'sha-256', value: huge }] }],
    ['a role that is none', { ...fingerprint, role: 'both' }],
    ['null', null],
  ])('[ROOM-8] DTLS parameters with %s are refused and the worker lives', async (_name, dtlsParameters) => {
    const joined = await sfu.join(kiosk);
    const connect = (parameters: unknown) =>
      sfu.refusal('transport:connect', {
        callId: call,
        epoch: 1,
        peerId: kiosk,
        transportId: joined.send.id,
        dtlsParameters: parameters as never,
      });
    expect(refusals).toContain(await connect(dtlsParameters));
    expect(await connect(fingerprint)).toBe('granted');
    expect(await connect(fingerprint)).toBe('media-rejected');
    expect(sfu.workersAreAlive(pids)).toBe(true);
  });

  it('[ROOM-8] capabilities that make no sense are refused', async () => {
    const [codec] = capabilities().codecs;
    const join = (rtpCapabilities: unknown) =>
      sfu.refusal('peer:join', { callId: call, epoch: 1, peerId: agent, rtpCapabilities: rtpCapabilities as never });
    expect(await join({ codecs: [{ ...codec, mimeType: 'nothing' }], headerExtensions: [] })).toBe('media-rejected');
    expect(await join({ codecs: Array(500).fill(codec), headerExtensions: [] })).toBe('invalid-payload');
    expect(await join(undefined)).toBe('invalid-payload');
    // A browser that can receive nothing is let in, and receives nothing.
    const joined = await sfu.ask('peer:join', {
      callId: call,
      epoch: 1,
      peerId: agent,
      rtpCapabilities: { codecs: [], headerExtensions: [] },
    });
    expect(joined.consumers).toEqual([]);
    await sfu.ask('peer:leave', { callId: call, peerId: agent });
  });

  it('[ROOM-7] one producer per source, also when two are asked for at once, and of the kind that fits', async () => {
    const joined = await sfu.join(kiosk);
    const produce = (source: 'microphone' | 'camera', parameters = parametersOf(source)) =>
      sfu.refusal('producer:open', {
        callId: call,
        epoch: 1,
        peerId: kiosk,
        transportId: joined.send.id,
        paused: false,
        ...parameters,
      });
    expect((await Promise.all([produce('camera'), produce('camera')])).sort()).toEqual(['granted', 'media-rejected']);
    expect(await produce('camera')).toBe('media-rejected');
    expect(await produce('microphone', { ...parametersOf('screen'), source: 'microphone' })).toBe('media-rejected');
    expect(await produce('microphone')).toBe('granted');
  });

  it('[ROOM-7] a peer cannot name the transport or producer of another', async () => {
    const first = await sfu.join(kiosk);
    const { producerId } = await sfu.produce(kiosk, first, 'microphone');
    await sfu.join(agent);
    const asAgent = { callId: call, epoch: 1, peerId: agent };
    expect(await sfu.refusal('producer:pause', { ...asAgent, producerId })).toBe('not-found');
    expect(
      await sfu.refusal('transport:connect', { ...asAgent, transportId: first.send.id, dtlsParameters: fingerprint }),
    ).toBe('not-found');
    const steal = { ...asAgent, transportId: first.send.id, paused: false, ...parametersOf('camera') };
    expect(await sfu.refusal('producer:open', steal)).toBe('not-found');
    const receive = { ...steal, transportId: first.receive.id, peerId: kiosk };
    expect(await sfu.refusal('producer:open', receive)).toBe('not-found');
    await sfu.ask('peer:leave', { callId: call, peerId: agent });
  });

  it('[ROOM-7] the seventh peer is refused, and joining two hundred times harms nobody', async () => {
    for (let joins = 0; joins < 200; joins += 1) await sfu.join(kiosk);
    const others = Array.from({ length: 6 }, (_, index) => PeerId.parse(`peer-${index}`));
    const answers = [];
    for (const peerId of others) {
      answers.push(await sfu.refusal('peer:join', { callId: call, epoch: 1, peerId, rtpCapabilities: capabilities() }));
    }
    expect(answers).toEqual([...Array(5).fill('granted'), 'media-rejected']);
    expect(sfu.workersAreAlive(pids)).toBe(true);
  });
});
