import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, serveGallery } from './gallery/build-gallery.ts';
import { accessibilityProblems, pageIsUsable, touchProblems } from './gallery/measure.ts';
import { chromiumOptions, complaintsOf, openGallery, play, sceneNames, sizes } from './gallery/visit.ts';

let gallery: Gallery;
let browser: Browser;
beforeAll(async () => {
  gallery = await serveGallery();
  browser = await chromium.launch(chromiumOptions);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.[Symbol.asyncDispose]();
});

describe.each(['zh-CN', 'en'] as const)('screens in %s', (language) => {
  it.each(sceneNames)(
    '[WIDGET-60] [WIDGET-61] [WIDGET-63] [WIDGET-4] %s can be read, pressed and worked beside',
    async (scene) => {
      const page = await openGallery(browser, gallery, { language, viewport: sizes.portrait });
      await play(page, scene);
      for (const [name, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        // The panel measures itself in the frame after the change.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        expect(await touchProblems(page), name).toEqual([]);
        expect(await pageIsUsable(page), `the form is in reach on ${name}`).toBe(true);
      }
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(complaintsOf(page)).toEqual([]);
      await page.context().close();
    },
  );
});

it('[WIDGET-60] looks at every scene that there is', async () => {
  const page = await openGallery(browser, gallery, { language: 'en', viewport: sizes.window });
  await play(page, 'consent');
  expect(await page.evaluate(() => Object.keys(window.scenes))).toEqual([...sceneNames]);
  await page.context().close();
});
