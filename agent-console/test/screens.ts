import type { AgentCallView, AgentView, StaffView } from '@bangban/protocol';
import type { CallMediaState } from '@bangban/sfu/client';
import type { Page } from 'playwright-core';
import type { StageOptions } from './open-stage.ts';
import type {} from './page/stage.ts';
import {
  activeCall,
  agentView,
  availableAgent,
  callId,
  connectingCall,
  floorAgents,
  heldCall,
  offeredCall,
  staffView,
  waitingCall,
  wrappingUpCall,
} from './views.ts';

/** Tells the page, as the server would. */
export const emit = (page: Page, name: string, payload: unknown): Promise<void> =>
  page.evaluate(([event, facts]) => window.consoleStage.emit(event as string, facts), [name, payload]);

export const answer = (page: Page, name: string, value: unknown): Promise<void> =>
  page.evaluate(([request, facts]) => window.consoleStage.answer(request as string, facts), [name, value]);

export const media = (page: Page, state: CallMediaState): Promise<void> =>
  page.evaluate((next) => window.consoleStage.media(next), state);

/** The connection is there and the server has said who is who and who waits. */
export async function welcome(
  page: Page,
  facts: { role?: StaffView['role']; agent?: AgentView | null; call?: AgentCallView | null; waiting?: number } = {},
): Promise<void> {
  const { role = 'agent', agent = availableAgent(), call = null, waiting = 4 } = facts;
  const calls = [
    waitingCall('w-1', 1, { requestedAt: Date.now() - 204_000, ringing: true }),
    waitingCall('w-2', 2, { requestedAt: Date.now() - 131_000, priority: 2 }),
    waitingCall('w-3', 3, { requestedAt: Date.now() - 96_000, kioskPresent: false }),
    waitingCall('w-4', 4, { requestedAt: Date.now() - 22_000, language: 'en' }),
  ].slice(0, waiting);
  await page.waitForFunction(() => window.consoleStage.connections() > 0);
  await page.evaluate(() => window.consoleStage.connection({ state: 'connected' }));
  await answer(page, 'floor:snapshot', { sequence: 1, agents: floorAgents() });
  await emit(page, 'staff:welcomed', {
    protocol: 1,
    staff: staffView(role),
    desk: { agent: role === 'agent' ? agent : null, call },
    waiting: { sequence: 1, calls },
  });
}

/** What the resident sends from now on. */
export const resident = (page: Page, camera: 'moving' | 'muted' | null, microphone: 'open' | 'muted' | null) =>
  page.evaluate(([sees, hears]) => window.consoleStage.resident({ camera: sees, microphone: hears }), [
    camera,
    microphone,
  ] as const);

const ringing = () => agentView({ state: 'offered', callId: callId('call-1'), since: Date.now() - 2_000 });
const busy = () => agentView({ state: 'busy', callId: callId('call-1'), since: Date.now() - 83_000 });
const away = (reason: 'signed-in' | 'no-answer' | 'meal' | 'media-failed') =>
  agentView({ state: 'away', reason, since: Date.now() - 65_000 });

/** A screen that a person may meet, and how to get there. */
export type Screen = {
  name: string;
  options: Omit<StageOptions, 'language' | 'theme'>;
  show(page: Page): Promise<void>;
};

const agentScreen = (name: string, show: Screen['show'], options: Partial<StageOptions> = {}): Screen => ({
  name,
  options: { as: 'agent1', ...options },
  show,
});

async function inCall(page: Page, call = activeCall()): Promise<void> {
  await welcome(page, { agent: busy(), call });
  await page.locator('.stage').waitFor();
}

async function seen(page: Page): Promise<void> {
  await resident(page, 'moving', 'open');
  await page.locator('.stage-reason').waitFor({ state: 'detached' });
}

/** Every screen of the console, for axe and for people to look at. */
export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    options: { as: null },
    show: (page) => page.locator('form').waitFor(),
  },
  {
    name: 'sign-in-refused',
    options: { as: null },
    async show(page) {
      await page.getByRole('textbox').first().fill('throttled');
      await page.locator('input[type=password]').fill('x');
      await page.locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'restoring', options: { as: 'unreachable' }, show: (page) => page.getByRole('status').waitFor() },
  agentScreen('away-signed-in', (page) => welcome(page, { agent: away('signed-in') })),
  agentScreen('away-no-answer', (page) => welcome(page, { agent: away('no-answer') })),
  agentScreen('away-meal-empty', (page) => welcome(page, { agent: away('meal'), waiting: 0 })),
  agentScreen('available', (page) => welcome(page)),
  agentScreen('away-menu', async (page) => {
    await welcome(page);
    await page.locator('.availability-reason').click();
    await page
      .locator('.ant-select-dropdown')
      .getByTitle(/用餐|Meal/)
      .hover();
  }),
  agentScreen('devices-refused', (page) => welcome(page), { devices: 'refused' }),
  agentScreen('ringing', (page) => welcome(page, { agent: ringing(), call: offeredCall() })),
  agentScreen('released', async (page) => {
    await welcome(page, { call: offeredCall() });
    await emit(page, 'call:released', { callId: 'call-1', version: 3, reason: 'cancelled' });
  }),
  agentScreen('call-connecting', (page) => inCall(page, connectingCall())),
  agentScreen('call-active', async (page) => {
    await inCall(page);
    await seen(page);
  }),
  agentScreen('call-muted', async (page) => {
    await inCall(page);
    await resident(page, 'muted', 'muted');
    await page.keyboard.press('F8');
    await page.locator('.call-bar button').nth(1).click();
  }),
  agentScreen('call-held', async (page) => {
    await inCall(page);
    await seen(page);
    await emit(page, 'call:changed', heldCall());
  }),
  agentScreen('call-kiosk-absent', async (page) => {
    await inCall(page);
    await seen(page);
    await page.evaluate(() => window.consoleStage.freezeResident());
    await emit(page, 'call:changed', activeCall('call-1', { version: 7, kioskPresent: false }));
    await page.locator('.stage-reason').waitFor();
  }),
  agentScreen('call-no-devices', (page) =>
    inCall(page, activeCall('call-1', { residentDevices: { camera: false, microphone: false } })),
  ),
  agentScreen('call-media-failed', async (page) => {
    await inCall(page);
    await media(page, { state: 'failed', epoch: 1, code: 'media-unavailable' });
  }),
  agentScreen('call-reconnecting', async (page) => {
    await inCall(page);
    await seen(page);
    await page.evaluate(() => window.consoleStage.connection({ state: 'reconnecting', sinceMs: 0 }));
  }),
  agentScreen('wrap-up', (page) => welcome(page, { agent: busy(), call: wrappingUpCall() })),
  agentScreen('refused-command', async (page) => {
    await welcome(page, { call: offeredCall() });
    await page.evaluate(() => window.consoleStage.refuse('offer:decline', 'offer-gone'));
    await page.keyboard.press('F4');
    await page.getByRole('alert').first().waitFor();
  }),
  agentScreen('reconnecting', async (page) => {
    await welcome(page);
    await page.evaluate(() => window.consoleStage.connection({ state: 'reconnecting', sinceMs: 0 }));
  }),
  agentScreen('replaced', async (page) => {
    await welcome(page);
    await page.evaluate(() => window.consoleStage.connection({ state: 'ended', reason: 'replaced' }));
  }),
  agentScreen('too-old', async (page) => {
    await welcome(page);
    await page.evaluate(() =>
      window.consoleStage.connection({ state: 'refused', code: 'protocol-too-old', retrying: false }),
    );
  }),
  agentScreen('signed-out-elsewhere', async (page) => {
    await welcome(page);
    await page.evaluate(() => window.consoleStage.connection({ state: 'ended', reason: 'signed-out' }));
  }),
  agentScreen('crashed', (page) => page.locator('.crash-title').waitFor(), { crash: true }),
  { name: 'floor', options: { as: 'supervisor' }, show: (page) => welcome(page, { role: 'supervisor' }) },
  {
    name: 'kiosks',
    options: { as: 'admin' },
    async show(page) {
      await welcome(page, { role: 'admin' });
      await page.locator('tbody tr').first().waitFor();
    },
  },
  {
    name: 'kiosk-code',
    options: { as: 'admin' },
    async show(page) {
      await welcome(page, { role: 'admin' });
      await page.locator('.admin-actions button').first().click();
      await page.locator('.code-shown').waitFor();
    },
  },
  {
    name: 'kiosk-revoke',
    options: { as: 'admin' },
    async show(page) {
      await welcome(page, { role: 'admin' });
      await page.locator('.admin-actions button').nth(1).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
