import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { type Senses, sensesAt } from './senses.ts';
import { type Language, words } from './words.ts';

type ConsoleName = keyof (typeof words)['zh-CN']['console'];

/** An agent at the console: what they can press, see and hear. */
export type Agent = Senses & {
  readonly page: Page;
  button(name: ConsoleName): Locator;
  press(name: ConsoleName): Promise<void>;
  /** Signs in and waits until the workplace is there. */
  signIn(userName: string, password: string): Promise<void>;
  /** Switches to available, and waits until the desk has agreed. */
  becomeAvailable(): Promise<void>;
  /** Waits until a call rings here. */
  hearsRing(options?: { withinMs?: number }): Promise<void>;
  /** Waits until no call rings here any more. */
  ringIsOver(options?: { withinMs?: number }): Promise<void>;
  /** Waits until the switch shows that the agent takes no calls. */
  isAway(): Promise<void>;
  /** Waits until the page shows these words. */
  reads(text: string | RegExp, options?: { withinMs?: number }): Promise<void>;
  /** The calls of the waiting list, one text each. */
  waitingCalls(): Promise<string[]>;
};

/** Makes the agent's side of an open console page. */
export function agentAt(page: Page, language: Language): Agent {
  const names = words[language].console;
  // A button may carry the name of its key as well (接听 F2); the words come first.
  const button: Agent['button'] = (name) =>
    page.getByRole('button', { name: new RegExp(`^${names[name]}(\\s*F\\d+)?$`) });
  const available = page.getByRole('switch', { name: names.available });
  const press: Agent['press'] = (name) => button(name).click();

  const isSwitchedTo = (on: boolean) =>
    eventually(async () => {
      if (!(await available.isVisible())) return `the console shows no switch, but: ${await wordsOn(page)}`;
      const isOn = (await available.getAttribute('aria-checked')) === 'true';
      return isOn === on ? undefined : `the agent is ${isOn ? 'available' : 'away'}`;
    });

  return {
    ...sensesAt(page),
    page,
    button,
    press,
    async signIn(userName, password) {
      await page.getByRole('textbox', { name: names.userName }).fill(userName);
      await page.getByLabel(names.password).fill(password);
      await press('signIn');
      await eventually(async () => {
        const shown = await wordsOn(page);
        const isInside = !(await page.getByLabel(names.password).isVisible()) && !shown.includes(names.opening);
        return isInside ? undefined : `not signed in yet: ${shown}`;
      });
    },
    async becomeAvailable() {
      // Whoever was available and comes back at once still is.
      if ((await available.getAttribute('aria-checked')) === 'false') await available.click();
      await isSwitchedTo(true);
      await eventually(async () =>
        (await available.getAttribute('class'))?.includes('loading') ? 'the desk has not agreed yet' : undefined,
      );
    },
    hearsRing: (options) =>
      eventually(
        async () =>
          (await button('answer').isVisible()) ? undefined : `no call rings; the console says: ${await wordsOn(page)}`,
        options,
      ),
    ringIsOver: (options) =>
      eventually(async () => ((await button('answer').isVisible()) ? 'a call still rings' : undefined), options),
    isAway: () => isSwitchedTo(false),
    reads: (text, options) =>
      eventually(async () => {
        const shown = await wordsOn(page);
        const found = typeof text === 'string' ? shown.includes(text) : text.test(shown);
        return found ? undefined : `"${text}" is not on the page, but: ${shown}`;
      }, options),
    waitingCalls: async () =>
      page.getByRole('list', { name: names.waitingCalls }).getByRole('listitem').allInnerTexts(),
  };
}

async function wordsOn(page: Page): Promise<string> {
  return (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
}
