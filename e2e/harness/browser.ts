import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Person, writeFace, writeVoice } from './people.ts';

const executablePath = '/usr/bin/chromium';

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** What hangs on the computer: a camera and a microphone that show and hear somebody, or nothing. */
export type Devices = { of: Person } | 'generic' | 'none';

/** A Chromium of its own, with devices of its own. */
export type PersonalBrowser = AsyncDisposable & {
  readonly version: string;
  /** A window with a fresh profile. */
  openWindow(options: WindowOptions): Promise<Page>;
};

export type WindowOptions = {
  viewport: { width: number; height: number };
  /** `deny` is what a person sees who has refused the browser's question; the default is that it was allowed before. */
  permissions?: 'allow' | 'deny';
  /** Scripts that run in every page before its own. */
  scripts?: readonly string[];
  /** Preferred language of the browser. */
  locale?: string;
};

/** Opens a Chromium. @throws when Debian's Chromium is not installed */
export async function openBrowser(devices: Devices): Promise<PersonalBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'bangban-devices-'));
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [...quietFlags, ...(await deviceFlags(devices, folder))],
  });
  return {
    version: browser.version(),
    openWindow: (options) => openWindow(browser, options),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A file of `e2e/page` (or any self-contained TypeScript script) as the JavaScript that a page can run. */
export async function pageScript(path: string): Promise<string> {
  const source = await readFile(path, 'utf8');
  // Exported types are gone after stripping; what is left of an export would not be a script.
  return `(() => {${stripTypeScriptTypes(source).replaceAll(/^export /gm, '')}})();`;
}

/** The script that notices what a person would. */
const mediaProbeScript = () => pageScript(resolve(import.meta.dirname, '../page/media-probe.ts'));

async function deviceFlags(devices: Devices, folder: string): Promise<string[]> {
  if (devices === 'none') return [];
  if (devices === 'generic') return ['--use-fake-device-for-media-stream=fps=30'];
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${await writeFace(folder, devices.of)}`,
    `--use-file-for-fake-audio-capture=${await writeVoice(folder, devices.of)}`,
  ];
}

async function openWindow(browser: Browser, options: WindowOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: options.viewport, locale: options.locale ?? 'zh-CN' });
  await setPermissions(context, options.permissions ?? 'allow');
  for (const content of options.scripts ?? [await mediaProbeScript()]) await context.addInitScript({ content });
  return context.newPage();
}

async function setPermissions(context: BrowserContext, permissions: 'allow' | 'deny'): Promise<void> {
  // Headless Chromium refuses whatever is not granted, as if the person had pressed "block".
  await context.grantPermissions(permissions === 'allow' ? ['camera', 'microphone'] : []);
}
