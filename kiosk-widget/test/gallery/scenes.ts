import type { KioskCallView } from '@bangban/protocol';
import { agent, pictureOf, silence } from './pictures.ts';
import { facts, type Stage } from './stage.ts';

type Queued = Extract<KioskCallView, { state: 'queued' }>;
type Active = Extract<KioskCallView, { state: 'active' }>;

const queued: Queued = {
  ...facts,
  state: 'queued',
  version: 1,
  position: 3,
  estimate: { state: 'range', lowSeconds: 180, highSeconds: 360 },
  ringing: false,
  returned: false,
};
const face = { displayName: '李晓梅', number: 'A012' };
const active: Active = { ...facts, state: 'active', version: 4, agent: face, agentPresent: true, since: facts.now };

async function consent(stage: Stage): Promise<void> {
  stage.controller.open();
}

/** From idle into the queue, by the same touches and messages as in life. */
async function wait(stage: Stage, view: Queued = queued): Promise<void> {
  await consent(stage);
  stage.server.answer('call:request', () => view);
  stage.server.answer('call:end', () => null);
  await turn();
  stage.controller.agree();
  await until(stage, 'waiting');
}

async function talk(stage: Stage, view: KioskCallView = active): Promise<void> {
  await wait(stage);
  stage.server.emit('call:changed', view);
  stage.media.receive({
    camera: { track: pictureOf(agent), muted: false },
    microphone: { track: silence(), muted: false },
  });
}

async function fail(stage: Stage, code: 'draining' | 'kiosk-in-use'): Promise<void> {
  await consent(stage);
  stage.server.become({ state: 'refused', code, retrying: true });
}

/** Every screen of the widget, each reached as a resident would reach it. */
export const scenes = {
  idle: async () => undefined,
  consent,
  'no-devices': async (stage: Stage) => {
    stage.devices = { camera: false, microphone: false, error: 'NotFoundError' };
    await consent(stage);
    stage.controller.agree();
    await until(stage, 'no-devices');
  },
  requesting: async (stage: Stage) => {
    await consent(stage);
    stage.server.answer('call:request', () => new Promise(() => undefined));
    await turn();
    stage.controller.agree();
    await until(stage, 'requesting');
  },
  'found-call': async (stage: Stage) => {
    await consent(stage);
    await turn();
    stage.welcome(active);
  },
  queue: wait,
  'queue-next': (stage: Stage) =>
    wait(stage, { ...queued, position: 1, estimate: { state: 'range', lowSeconds: 10, highSeconds: 50 } }),
  'queue-nobody': async (stage: Stage) => {
    stage.devices = { camera: false, microphone: true, error: 'NotFoundError' };
    await wait(stage, { ...queued, estimate: { state: 'unknown', why: 'no-agent-on-duty' } });
  },
  'queue-ringing': (stage: Stage) => wait(stage, { ...queued, position: 1, ringing: true }),
  'queue-returned': async (stage: Stage) => {
    await wait(stage, { ...queued, position: 1, returned: true });
    stage.server.become({ state: 'reconnecting', sinceMs: performance.now() });
  },
  connecting: async (stage: Stage) => {
    await wait(stage);
    stage.server.emit('call:changed', { ...facts, state: 'connecting', version: 3, agent: face });
  },
  call: (stage: Stage) => talk(stage),
  'call-muted': async (stage: Stage) => {
    await talk(stage);
    stage.controller.setMuted('microphone', true);
    stage.controller.setMuted('camera', true);
  },
  'call-held': (stage: Stage) => talk(stage, { ...active, state: 'held' }),
  'call-reconnecting': async (stage: Stage) => {
    await talk(stage);
    stage.server.become({ state: 'reconnecting', sinceMs: performance.now() - 30_000 });
  },
  'call-interrupted': async (stage: Stage) => {
    await talk(stage);
    stage.media.receive({ camera: null, microphone: null });
    stage.media.become({ state: 'recovering', epoch: 1, sinceMs: performance.now() });
  },
  'call-agent-away': async (stage: Stage) => {
    await talk(stage, { ...active, agentPresent: false });
    stage.media.receive({ camera: null, microphone: null });
  },
  thanks: async (stage: Stage) => {
    await talk(stage);
    stage.controller.end();
  },
  lost: async (stage: Stage) => {
    await talk(stage);
    stage.server.emit('call:changed', { ...facts, state: 'closed', version: 5, reason: 'connection-lost' });
  },
  draining: (stage: Stage) => fail(stage, 'draining'),
  'in-use': (stage: Stage) => fail(stage, 'kiosk-in-use'),
  outdated: async (stage: Stage) => {
    await consent(stage);
    stage.server.become({ state: 'refused', code: 'protocol-too-old', retrying: false });
  },
} satisfies Record<string, (stage: Stage) => Promise<void>>;

export type SceneName = keyof typeof scenes;

async function until(stage: Stage, at: string): Promise<void> {
  if (stage.controller.state().at === at) return;
  await new Promise<void>((resolve) => {
    const stop = stage.controller.subscribe(() => {
      if (stage.controller.state().at !== at) return;
      stop();
      resolve();
    });
  });
}

/** Lets the welcome of a new connection arrive. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

declare global {
  interface Window {
    scenes: typeof scenes;
    active: Active;
    queued: Queued;
  }
}
Object.assign(window, { scenes, active, queued });
