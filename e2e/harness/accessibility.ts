import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Violation = { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };

/**
 * Checks what is on the screen now against WCAG 2.2 AA, shadow roots included.
 *
 * @throws an error that lists each violation and where it is
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // The page's policy forbids foreign scripts, so the script comes in through the debugger instead of a tag.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // What is still fading in has another contrast; what turns for ever (a spinner) is as it is.
    // A document does not tell of what moves inside its shadow roots.
    const shadowRoots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const fading = [document, ...shadowRoots]
      .flatMap((root) => root.getAnimations())
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(fading.map(({ finished }) => finished));
    // The injected script defines it; its types would pull the whole package into the page's world.
    const { axe: injected } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return (await injected.run(document, { runOnly: { type: 'tag', values: tags } })).violations;
  });
  if (violations.length === 0) return;
  const list = violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 5)
      .map(({ target, failureSummary }) => `    ${JSON.stringify(target)} ${failureSummary ?? ''}`);
    return `  ${id}: ${help}\n${places.join('\n')}`;
  });
  throw new Error(`${screen} has accessibility violations:\n${list.join('\n')}`);
}
