import { AssistError, CallId, type PeerEvent, PeerId, type RoomFlow, toWireError } from '@bangban/protocol';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startTestSfu, type TestSfu } from '../../src/testing.ts';
import { participantScript } from './bundle.ts';
import { eventually } from './eventually.ts';
import { type LinkRig, rigToken, startLinkRig } from './signalling.ts';

/** The signal of the page, by its names; what differs is only who asks. */
const sfuNames: Record<string, string> = {
  'media:join': 'peer:join',
  'media:connect': 'transport:connect',
  'media:restart-ice': 'transport:restart-ice',
  'media:produce': 'producer:open',
  'media:pause-producer': 'producer:pause',
  'media:resume-producer': 'producer:resume',
  'media:close-producer': 'producer:close',
  'media:ready-consumers': 'consumer:ready',
  'media:prefer-layers': 'consumer:prefer-layers',
};

export type Participant = { page: Page; peerId: string; flowing: number[] };

/** Two real browsers' pages, a real media server, and a desk that does what the test says. */
export type CallRig = AsyncDisposable & {
  sfu: TestSfu;
  link: LinkRig;
  kiosk: Participant;
  agent: Participant;
  epoch: number;
  /** Opens the room, or gives it another flow, and tells both sides as the desk does. */
  setFlow(flow: RoomFlow): Promise<void>;
  /** Changes what a page is answered; undefined goes on as usual. */
  intercept: ((peerId: string, name: string, input: unknown) => Promise<unknown> | undefined) | undefined;
};

export const callId = CallId.parse('call-of-the-rig');

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: chromiumFlags });
}

/** @param options.tcpOnly browsers are told of TCP candidates only, as on a network that lets nothing else through */
export async function startCallRig(options: {
  browser: Browser;
  workers?: number;
  tcpOnly?: boolean;
}): Promise<CallRig> {
  const link = await startLinkRig();
  const sfu = await startTestSfu({ signallingUrl: link.url, linkToken: rigToken, workers: options.workers ?? 1 });
  await eventually(() => link.registrations.length > 0 || 'the media server has not registered');

  const rig: CallRig = {
    sfu,
    link,
    kiosk: await openParticipant('kiosk-001'),
    agent: await openParticipant('agent-001'),
    epoch: 1,
    intercept: undefined,
    async setFlow(flow) {
      const room = { callId, epoch: rig.epoch, flow };
      const isOpen = sfu.state().rooms > 0;
      if (isOpen) await link.ask('room:set-flow', room);
      else await link.ask('room:open', room);
      await tellBoth(room);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.context().close()));
      await sfu.close();
      await link.close();
    },
  };
  const tellBoth = (target: { callId: string; epoch: number; flow: RoomFlow }) =>
    Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.evaluate((to) => window.participant.follow(to), target)));

  link.onTold((told) => {
    if (told.name === 'peer:notified') void deliver(told.payload.peerId, told.payload.event);
    if (told.name === 'room:rebuilt') {
      rig.epoch = told.payload.epoch;
      void tellBoth(told.payload);
    }
  });
  async function deliver(peerId: string, event: PeerEvent): Promise<void> {
    const participant = [rig.kiosk, rig.agent].find((one) => one.peerId === peerId);
    await participant?.page.evaluate((told) => window.participant.tell(told), event);
  }

  async function answer(peerId: string, name: string, input: unknown): Promise<unknown> {
    const intercepted = rig.intercept?.(peerId, name, input);
    if (intercepted) return intercepted;
    if (name === 'media:report-flowing') {
      [rig.kiosk, rig.agent].find((one) => one.peerId === peerId)?.flowing.push((input as { epoch: number }).epoch);
      return null;
    }
    const asked = { ...(input as object), peerId: PeerId.parse(peerId) };
    // Page and media server are bound to the same tables.
    const value: unknown = await link.ask(sfuNames[name] as never, asked as never);
    return options.tcpOnly && name === 'media:join' ? onlyTcp(value) : value;
  }

  async function openParticipant(peerId: string): Promise<Participant> {
    const page = await (await options.browser.newContext()).newPage();
    const { browserRtpCapabilities } = await import('../../src/room/codecs.ts');
    await page.exposeFunction('ask', async (name: string, input: unknown) => {
      try {
        if (name === 'media:capabilities')
          return { ok: true, value: { routerRtpCapabilities: browserRtpCapabilities() } };
        return { ok: true, value: await answer(peerId, name, input) };
      } catch (error) {
        if (error instanceof AssistError) return { ok: false, error: toWireError(error) };
        throw error;
      }
    });
    await page.route('https://bangban.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><meta charset=utf-8><title>participant</title>',
      }),
    );
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto('https://bangban.test/');
    await page.addScriptTag({ content: await participantScript() });
    return { page, peerId, flowing: [] };
  }
  return rig;
}

function onlyTcp(joined: unknown): unknown {
  // The answer to a join, as the protocol has it.
  const { send, receive, consumers } = joined as Record<
    'send' | 'receive',
    { iceCandidates: { protocol: string }[] }
  > & {
    consumers: unknown;
  };
  const strip = (options: { iceCandidates: { protocol: string }[] }) => ({
    ...options,
    iceCandidates: options.iceCandidates.filter(({ protocol }) => protocol === 'tcp'),
  });
  return { send: strip(send), receive: strip(receive), consumers };
}
