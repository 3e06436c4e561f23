import type { Page } from 'playwright-core';
import { type Agent, agentAt } from './agent.ts';
import { type Devices, openBrowser, type PersonalBrowser } from './browser.ts';
import { type Kiosk, kioskAt } from './kiosk.ts';
import { type Program, startProgram } from './program.ts';
import type { Language } from './words.ts';

/** A service hall with its help desk: the whole program, and people in front of browsers of their own. */
export type Hall = AsyncDisposable & {
  readonly program: Program;
  /** A kiosk page in a browser of its own. */
  openKiosk(options: KioskOptions): Promise<Kiosk>;
  /** A signed-in console in a browser of its own. */
  openConsole(options: ConsoleOptions): Promise<Agent>;
  /** Any page of the program, in a browser of somebody who only looks. */
  openPage(path: string, language: Language): Promise<Page>;
  /** Another tab of the same browser profile. */
  openAnotherTab(agent: Agent): Promise<Agent>;
};

type Seat = { devices: Devices; language?: Language; permissions?: 'allow' | 'deny' };
export type KioskOptions = Seat & { kioskId?: string; service?: string; viewport?: { width: number; height: number } };
export type ConsoleOptions = Seat & { userName?: string };

/** The size for which the kiosk is designed; a console is an ordinary PC. */
const kioskScreen = { width: 1080, height: 1920 };
const consoleScreen = { width: 1440, height: 900 };

/** Starts the program; on leaving, closes every browser, ends the program and fails on what pages complained of. */
export async function openHall(env: Record<string, string> = {}): Promise<Hall> {
  const program = await startProgram(env);
  const browsers: PersonalBrowser[] = [];
  const complaints: string[] = [];

  const open = async (seat: Seat, viewport: { width: number; height: number }) => {
    const browser = await openBrowser(seat.devices);
    browsers.push(browser);
    const { permissions = 'allow', language = 'zh-CN' } = seat;
    const page = await browser.openWindow({ viewport, permissions, locale: language });
    collectComplaints(page, complaints);
    return page;
  };

  return {
    program,
    async openKiosk(options) {
      const { language = 'zh-CN', kioskId = 'kiosk-001', service, viewport = kioskScreen } = options;
      const page = await open(options, viewport);
      const query = new URLSearchParams({ lang: language, kiosk: kioskId, ...(service ? { service } : {}) });
      await page.goto(`${program.url}/kiosk/?${query}`);
      return kioskAt(page, language);
    },
    async openConsole(options) {
      const { language = 'zh-CN', userName = 'agent1' } = options;
      const page = await open(options, consoleScreen);
      await page.goto(`${program.url}/console/?lang=${language}`);
      const agent = agentAt(page, language);
      await agent.signIn(userName, program.password);
      return agent;
    },
    async openPage(path, language) {
      const page = await open({ devices: 'none', language }, consoleScreen);
      await page.goto(`${program.url}${path}`);
      return page;
    },
    async openAnotherTab(agent) {
      const page = await agent.page.context().newPage();
      collectComplaints(page, complaints);
      await page.goto(agent.page.url());
      return agentAt(page, page.url().includes('lang=en') ? 'en' : 'zh-CN');
    },
    async [Symbol.asyncDispose]() {
      for (const browser of browsers) await browser[Symbol.asyncDispose]();
      await program.stop();
      if (complaints.length > 0) throw new Error(`Pages complained:\n${complaints.join('\n')}`);
    },
  };
}

/** Uncaught exceptions, and what the page's own security policy had to stop: neither belongs in a finished page. */
function collectComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy'))
      complaints.push(message.text());
  });
}
