import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { type Senses, sensesAt } from './senses.ts';
import { type Language, words } from './words.ts';

type KioskName = keyof (typeof words)['zh-CN']['kiosk'];

/** A resident in front of a kiosk: what they can touch, see and hear. */
export type Kiosk = Senses & {
  readonly page: Page;
  /** The panel of the widget. */
  readonly panel: Locator;
  button(name: KioskName): Locator;
  /** Presses the help button and agrees: from an idle page into the queue. */
  call(): Promise<void>;
  press(name: KioskName): Promise<void>;
  /** Waits until the queue shows this position. */
  isAt(position: number, options?: { withinMs?: number }): Promise<void>;
  /** Waits until the queue says that an agent's console is ringing. */
  isRinging(options?: { withinMs?: number }): Promise<void>;
  /** Waits until the panel shows these words. */
  reads(text: string, options?: { withinMs?: number }): Promise<void>;
  /** Waits until the page is as the next resident must find it: only the help button, nothing of the call. */
  isWiped(): Promise<void>;
};

/** Makes the resident's side of an open kiosk page. */
export function kioskAt(page: Page, language: Language): Kiosk {
  const names = words[language].kiosk;
  const panel = page.locator('bangban-help .panel');
  const button: Kiosk['button'] = (name) => page.getByRole('button', { name: names[name], exact: true });
  const queue = page.getByRole('status', { name: names.queue });
  const press: Kiosk['press'] = (name) => button(name).click();

  return {
    ...sensesAt(page),
    page,
    panel,
    button,
    press,
    async call() {
      await press('help');
      await press('agree');
    },
    isAt: (position, options) =>
      eventually(async () => {
        if (!(await queue.isVisible())) return `there is no queue on the screen, but: ${await textOf(panel)}`;
        const shown = await queue.innerText();
        return words[language].position.exec(shown)?.[1] === String(position) ? undefined : `the queue says: ${shown}`;
      }, options),
    isRinging: (options) =>
      eventually(async () => {
        const shown = await textOf(panel);
        return shown.includes(names.ringing) ? undefined : `the panel says: ${shown}`;
      }, options),
    reads: (text, options) =>
      eventually(async () => {
        const shown = await textOf(panel);
        return shown.includes(text) ? undefined : `"${text}" is not in the panel, but: ${shown}`;
      }, options),
    isWiped: () =>
      eventually(async () => {
        if (!(await button('help').isVisible())) return 'the help button is not there';
        if (await panel.isVisible()) return `the panel still says: ${await panel.innerText()}`;
        const left = await page.evaluate(() => ({
          storage: [...Object.keys(sessionStorage)].filter((key) => key.startsWith('bangban.call')),
          videos: [...(document.querySelector('bangban-help')?.shadowRoot?.querySelectorAll('video, audio') ?? [])]
            .length,
        }));
        if (left.storage.length > 0) return `the tab still remembers ${left.storage.join(', ')}`;
        return left.videos === 0 ? undefined : `${left.videos} media elements are left`;
      }),
  };
}

async function textOf(panel: Locator): Promise<string> {
  return (await panel.isVisible()) ? panel.innerText() : '';
}
