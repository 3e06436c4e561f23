import { AssistError, type ErrorCode } from '@bangban/protocol/plain';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import type { MediaSignal } from '../../src/client/call-media.ts';
import { createDeviceLoader } from '../../src/client/device.ts';

type Answer = (input: Record<string, unknown>) => unknown;
type Listener = (payload: never) => void;

/** A sender that remembers what it was given. */
type FakeSender = { track: MediaStreamTrack | null; encodings: { active?: boolean }[] };

/** A server that answers as the test says, and a browser without a network: what would be sent is readable. */
export type FakeRoom = ReturnType<typeof createFakeRoom>;

export function createFakeRoom() {
  const requests: { name: string; input: Record<string, unknown> }[] = [];
  const refusals = new Map<string, ErrorCode[]>();
  const held = new Map<string, Promise<void>>();
  const listeners = new Map<string, Set<Listener>>();
  const handlers: (FakeHandler & { direction: 'send' | 'recv'; closedByUs: boolean })[] = [];
  const senders: FakeSender[] = [];
  let ids = 0;
  let arrived = false;
  let consumers: unknown[] = [];

  const transport = () => {
    ids += 1;
    return { ...testFakeParameters.generateTransportRemoteParameters(), id: `transport-${ids}` };
  };
  const answers: Record<string, Answer> = {
    'media:capabilities': () => ({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() }),
    'media:join': () => ({ send: transport(), receive: transport(), consumers }),
    'media:produce': ({ source }) => ({ producerId: `server-${source}` }),
    'media:restart-ice': () => ({ usernameFragment: 'u', password: 'p' }),
  };

  const signal: MediaSignal = {
    async request(name, input) {
      requests.push({ name, input });
      await held.get(name);
      const refusal = refusals.get(name)?.shift();
      if (refusal) throw new AssistError(refusal, name);
      // Scripted by the test to fit the table.
      return (answers[name]?.(input) ?? null) as never;
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      // Told with the payload of its own name only.
      listeners.set(name, set.add(listener as Listener));
      return () => void set.delete(listener as Listener);
    },
  };

  const fake = FakeHandler.createFactory(testFakeParameters);
  const handlerFactory: types.HandlerFactory = {
    ...fake,
    factory(options) {
      // The factory of FakeHandler makes FakeHandlers.
      const handler = fake.factory(options) as FakeHandler;
      const { send, receive, close } = handler;
      handler.send = async (sent) => {
        const sender: FakeSender = { track: sent.track, encodings: sent.encodings ?? [] };
        senders.push(sender);
        const rtpSender = {
          async replaceTrack(track: MediaStreamTrack | null) {
            sender.track = track;
          },
          getParameters: () => ({ encodings: structuredClone(sender.encodings) }),
          async setParameters({ encodings }: RTCRtpSendParameters) {
            sender.encodings = encodings;
          },
        } as RTCRtpSender;
        sent.onRtpSender?.(rtpSender);
        return { ...(await send.call(handler, sent)), rtpSender };
      };
      handler.receive = async (list) => {
        const rtpReceiver = { getSynchronizationSources: () => (arrived ? [{}] : []) } as RTCRtpReceiver;
        return (await receive.call(handler, list)).map((result) => ({ ...result, rtpReceiver }));
      };
      handler.close = () => {
        known.closedByUs = true;
        close.call(handler);
      };
      const known = Object.assign(handler, { direction: options.direction, closedByUs: false });
      handlers.push(known);
      return handler;
    },
  };

  return {
    signal,
    devices: createDeviceLoader(() => Device.factory({ handlerFactory })),
    requests,
    senders,
    handlers,
    named: (name: string) => requests.filter((request) => request.name === name),
    /** Refuses the next requests of this name, one after the other. */
    refuse: (name: string, ...codes: ErrorCode[]) => void refusals.set(name, [...(refusals.get(name) ?? []), ...codes]),
    /** Keeps every request of this name waiting until the returned function is called. */
    hold(name: string): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(name, promise);
      return () => {
        held.delete(name);
        resolve();
      };
    },
    tell(name: string, payload: object) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    /** What the answer to the next joins says that the others send. */
    consumers(list: unknown[]) {
      consumers = list;
    },
    consumer: (id: string, source: 'microphone' | 'camera', producerPaused = false) => ({
      ...testFakeParameters.generateConsumerRemoteParameters({
        id,
        codecMimeType: source === 'camera' ? 'video/VP8' : 'audio/opus',
      }),
      producerId: `of-${id}`,
      source,
      producerPaused,
    }),
    /** From now on every track that is received has shown its first frame. */
    arrive() {
      arrived = true;
    },
    connection(state: types.ConnectionState) {
      for (const handler of handlers) if (!handler.closedByUs) handler.setConnectionState(state);
    },
  };
}

let tracks = 0;

/** As much of a track as sending looks at. */
export function fakeTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  tracks += 1;
  const track = {
    id: `track-${tracks}`,
    kind,
    readyState: 'live',
    enabled: true,
    contentHint: '',
    stopped: false,
    addEventListener: () => {},
    removeEventListener: () => {},
    stop() {
      track.stopped = true;
    },
  };
  return track as unknown as MediaStreamTrack;
}
