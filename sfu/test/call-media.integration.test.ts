import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallRig, launchChromium, startCallRig } from './rig/call.ts';
import { eventually } from './rig/eventually.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function openBoth(rig: CallRig) {
  await Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.evaluate(() => window.participant.openDevices())));
}
const bothReady = (rig: CallRig) =>
  eventually(async () => {
    const states = await Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.evaluate(() => window.participant.state())));
    return states.every(({ state }) => state === 'ready') || `states are ${JSON.stringify(states)}`;
  });

describe('MEDIA: two browsers and a media server', () => {
  it('[MEDIA-1] nothing is sent while prepared; both sides see moving pictures and hear each other once it is open', async () => {
    await using rig = await startCallRig({ browser });
    await openBoth(rig);
    await rig.setFlow('prepared');
    await bothReady(rig);
    await eventually(async () => {
      const remotes = await Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.evaluate(() => window.participant.remote())));
      return remotes.every((r) => r.camera && r.microphone) || JSON.stringify(remotes);
    });
    expect(await rig.agent.page.evaluate(() => window.participant.frames())).toMatchObject({ camera: 0 });
    const t = performance.timeOrigin + performance.now();
    await rig.setFlow('open');
    const first = await Promise.all([rig.kiosk, rig.agent].map(({ page }) => eventually(() => page.evaluate(() => window.participant.firstFrameAt() ?? 'no frame'))));
    console.log('first frames after', first.map((at) => Math.round(Number(at) - t)));
    await eventually(async () => {
      const frames = await Promise.all([rig.kiosk, rig.agent].map(({ page }) => page.evaluate(() => window.participant.frames())));
      return frames.every((f) => f.camera > 20) || JSON.stringify(frames);
    });
    expect(await rig.kiosk.page.evaluate(() => window.participant.loudness(1500))).toBeGreaterThan(0.05);
    await eventually(() => (rig.kiosk.flowing.length === 1 && rig.agent.flowing.length === 1) || 'not reported');
  });
});
