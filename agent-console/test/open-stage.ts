import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '@bangban/protocol';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';

const configFile = join(import.meta.dirname, 'page/vite.config.ts');

/** Debian's Chromium as root, quiet. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Theme = 'light' | 'dark';
export type StageOptions = {
  /** The user name that is signed in from the start; null shows the sign-in page. */
  as: string | null;
  language?: Language;
  theme?: Theme;
  /** What the agent's PC has; `refused` is a browser that may not use what is there. */
  devices?: 'there' | 'refused' | 'none';
  crash?: boolean;
};

/** A built console page with a played server behind it. */
export type StageHouse = AsyncDisposable & { open(options: StageOptions): Promise<Page> };

/** Builds the test page once; browsers are opened when a test needs them. */
export async function openStageHouse(): Promise<StageHouse> {
  const outDir = await mkdtemp(join(tmpdir(), 'bangban-stage-'));
  await build({ configFile, build: { outDir } });
  const server = await preview({ configFile, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the preview server has no port');
  const url = `http://127.0.0.1:${address.port}/`;
  const browsers = new Map<string, Promise<Browser>>();
  const browserWith = (devices: 'some' | 'none') => {
    const args = devices === 'some' ? [...flags, '--use-fake-device-for-media-stream'] : flags;
    const browser = browsers.get(devices) ?? chromium.launch({ executablePath: '/usr/bin/chromium', args });
    browsers.set(devices, browser);
    return browser;
  };
  return {
    open: async (options) => openPage(await browserWith(options.devices === 'none' ? 'none' : 'some'), url, options),
    async [Symbol.asyncDispose]() {
      for (const browser of browsers.values()) await (await browser).close();
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, url: string, options: StageOptions): Promise<Page> {
  const { as, language = 'zh-CN', theme = 'light', devices = 'there', crash = false } = options;
  const context = await browser.newContext({
    viewport: { width: 1_440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: language,
  });
  await context.grantPermissions(devices === 'refused' ? [] : ['camera', 'microphone']);
  const page = await context.newPage();
  const query = new URLSearchParams({ lang: language });
  if (as !== null) query.set('as', as);
  if (crash) query.set('crash', '');
  await page.goto(`${url}?${query}`);
  return page;
}

type Violation = { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };

/**
 * Checks what is on the screen now against WCAG 2.2 AA.
 *
 * @returns one line for each violation and where it is; none is what is wanted
 */
export async function violationsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // The injected script defines it; its types would pull the whole package into the page's world.
    const { axe: inPage } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await inPage.run(document, { runOnly: { type: 'tag', values: tags } })).violations;
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ''}`).join('; ')}`,
  );
}
