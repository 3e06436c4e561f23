import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Violations of WCAG 2.2 A and AA, and of AAA contrast, as sentences; the host page's included. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Through the debugger: the page's policy lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] };
    // The injected script defines it; its own types would pull the whole package in.
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<Found> } };
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      rules: { 'color-contrast-enhanced': { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${JSON.stringify(target)}: ${failureSummary ?? ''}`),
    );
  });
}

/** What an old person at a touch screen would stumble over, as sentences. */
export async function touchProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('bangban-help')?.shadowRoot;
    if (!root) return ['there is no widget'];
    const problems: string[] = [];
    const named = (element: Element) => `"${element.textContent?.trim().slice(0, 40)}"`;
    for (const button of root.querySelectorAll('button')) {
      if (!button.checkVisibility()) continue;
      const { width, height, top, bottom, left, right } = button.getBoundingClientRect();
      if (width < 60 || height < 60) problems.push(`the button ${named(button)} is ${width} by ${height}`);
      const isInPanel = button.closest('.panel') !== null;
      const isOut = top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
      if (isInPanel && isOut) problems.push(`the button ${named(button)} is not wholly on the screen`);
      if (button.scrollWidth > button.clientWidth)
        problems.push(`the button ${named(button)} is too narrow for its words`);
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const holder = node.parentElement;
      if (!holder?.checkVisibility() || node.textContent?.trim() === '') continue;
      const size = Number.parseFloat(getComputedStyle(holder).fontSize);
      if (size < 24) problems.push(`the text ${named(holder)} is ${size} px`);
    }
    const panel = root.querySelector('.panel');
    if (panel && panel.scrollWidth > panel.clientWidth) problems.push('the panel scrolls sideways');
    return problems;
  });
}

/** True when the host page beside the panel can be used: its fields are on the screen and not under the panel. */
export async function pageIsUsable(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const field = document.querySelector('#address');
    field?.scrollIntoView({ block: 'nearest' });
    const box = field?.getBoundingClientRect();
    return box !== undefined && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === field;
  });
}
