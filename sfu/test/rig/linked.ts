import {
  type AssistError,
  CallId,
  type ConsumerId,
  type InputOf,
  type MediaSource,
  type OutputOf,
  PeerId,
  type RequestName,
  type RoomFlow,
  type SfuRequests,
} from '@bangban/protocol';
import { startTestSfu, type TestSfu } from '../../src/testing.ts';
import { eventually } from './eventually.ts';
import { capabilities, parametersOf } from './rtp.ts';
import { type LinkRig, rigToken, startLinkRig } from './signalling.ts';

export const call = CallId.parse('call-0001');
export const kiosk = PeerId.parse('kiosk-0001');
export const agent = PeerId.parse('agent-0001');

type Joined = OutputOf<SfuRequests, 'peer:join'>;

/** A media server with real workers, linked to a signalling that the test plays. */
export type Linked = AsyncDisposable & {
  sfu: TestSfu;
  link: LinkRig;
  ask: LinkRig['ask'];
  open(flow: RoomFlow, epoch?: number): Promise<void>;
  join(peerId: PeerId, epoch?: number): Promise<Joined>;
  produce(
    peerId: PeerId,
    joined: Joined,
    source: MediaSource,
    epoch?: number,
  ): Promise<OutputOf<SfuRequests, 'producer:open'>>;
  confirm(peerId: PeerId, consumerIds: ConsumerId[], epoch?: number): Promise<null>;
  /** What a peer was told, newest last. */
  toldTo(peerId: PeerId): { name: string; payload: Record<string, unknown> }[];
  awaitTold(peerId: PeerId, name: string): Promise<Record<string, unknown>>;
  /** The code with which a request is refused. */
  refusal<Name extends RequestName<SfuRequests>>(name: Name, input: InputOf<SfuRequests, Name>): Promise<string>;
  /** Kills every worker and waits until the media server has new ones. */
  killWorkers(): Promise<void>;
  workersAreAlive(pids: number[]): boolean;
};

export async function startLinked(options: { workers?: number } = {}): Promise<Linked> {
  const link = await startLinkRig();
  const sfu = await startTestSfu({ signallingUrl: link.url, linkToken: rigToken, workers: options.workers ?? 1 });
  await eventually(() => sfu.state().linked || 'not linked');
  const linked: Linked = {
    sfu,
    link,
    ask: link.ask,
    async open(flow, epoch = 1) {
      await link.ask('room:open', { callId: call, epoch, flow });
    },
    join: (peerId, epoch = 1) =>
      link.ask('peer:join', { callId: call, epoch, peerId, rtpCapabilities: capabilities() }),
    produce: (peerId, joined, source, epoch = 1) =>
      link.ask('producer:open', {
        callId: call,
        epoch,
        peerId,
        transportId: joined.send.id,
        paused: false,
        ...parametersOf(source),
      }),
    confirm: (peerId, consumerIds, epoch = 1) =>
      link.ask('consumer:ready', { callId: call, epoch, peerId, consumerIds }),
    toldTo: (peerId) =>
      link.told.flatMap((told) =>
        told.name === 'peer:notified' && told.payload.peerId === peerId ? [told.payload.event as never] : [],
      ),
    awaitTold: (peerId, name) =>
      eventually(() => {
        const told = linked.toldTo(peerId);
        return told.find((event) => event.name === name)?.payload ?? `told only ${told.map((event) => event.name)}`;
      }),
    refusal: (name, input) =>
      link.ask(name, input).then(
        () => 'granted',
        (error: AssistError) => error.code,
      ),
    async killWorkers() {
      const before = sfu.state().workers.map(({ pid }) => pid);
      for (const pid of before) process.kill(pid, 'SIGKILL');
      await eventually(() => {
        const now = sfu.state().workers.filter(({ pid }) => !before.includes(pid));
        return now.length === before.length || `${now.length} new workers of ${before.length}`;
      });
    },
    workersAreAlive: (pids) => pids.every((pid) => sfu.state().workers.some((worker) => worker.pid === pid)),
    async [Symbol.asyncDispose]() {
      await sfu.close();
      await link.close();
    },
  };
  return linked;
}
