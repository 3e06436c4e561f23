import type { Browser, LaunchOptions, Page } from 'playwright-core';
import type { Gallery } from './build-gallery.ts';
import type { SceneName } from './scenes.ts';

/** The screens that kiosks have, and an ordinary window. */
export const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  window: { width: 1440, height: 900 },
} as const;

/** Every scene; the test that looks at all of them fails when one is missing here. */
export const sceneNames: readonly SceneName[] = [
  'idle',
  'consent',
  'no-devices',
  'requesting',
  'found-call',
  'queue',
  'queue-next',
  'queue-nobody',
  'queue-ringing',
  'queue-returned',
  'connecting',
  'call',
  'call-muted',
  'call-held',
  'call-reconnecting',
  'call-interrupted',
  'call-agent-away',
  'thanks',
  'lost',
  'draining',
  'in-use',
  'outdated',
];

/** A kiosk's browser: it plays sound without a touch. */
export const chromiumOptions: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

/** What a page complained of so far: exceptions, and errors in its console (a blocked style or script among them). */
const complaints = new WeakMap<Page, string[]>();
export const complaintsOf = (page: Page): readonly string[] => complaints.get(page) ?? [];

/** Opens the demo page with the staged widget. */
export async function openGallery(
  browser: Browser,
  gallery: Gallery,
  options: {
    language: 'zh-CN' | 'en';
    viewport: { width: number; height: number };
    /** Runs before the page's own scripts. */
    before?: () => void;
  },
): Promise<Page> {
  const context = await browser.newContext({
    viewport: options.viewport,
    locale: options.language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (options.before) await page.addInitScript(options.before);
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  await page.goto(`${gallery.url}?lang=${options.language}`);
  await page.locator('bangban-help[kiosk-token]').waitFor();
  return page;
}

/** Loads the staged widget as intent does, and plays a scene to its end. */
export async function play(page: Page, scene: SceneName): Promise<void> {
  if (scene === 'idle') return;
  await page.locator('bangban-help button').first().hover();
  await page.waitForFunction(() => 'stage' in window);
  await page.evaluate((name) => window.scenes[name](window.stage), scene);
  await page.evaluate(async () => {
    // Pictures that are being shown have a first frame before anybody looks.
    const videos = document.querySelector('bangban-help')?.shadowRoot?.querySelectorAll('video') ?? [];
    const shown = [...videos].filter((video) => video.srcObject !== null && video.checkVisibility());
    await Promise.all(shown.map((video) => new Promise((resolve) => video.requestVideoFrameCallback(resolve))));
  });
}
