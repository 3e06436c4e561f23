import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { serveGallery } from './build-gallery.ts';
import { chromiumOptions, complaintsOf, openGallery, play, sceneNames, sizes } from './visit.ts';

/** `npm run screens [SCENE…]`: a picture of every screen in every size and language, for people to look at. */
const folder = resolve(import.meta.dirname, '../../screens');
const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

await using gallery = await serveGallery();
const browser = await chromium.launch(chromiumOptions);
for (const language of ['zh-CN', 'en'] as const) {
  for (const [sizeName, viewport] of Object.entries(sizes)) {
    for (const scene of sceneNames.filter((name) => wanted.length === 0 || wanted.includes(name))) {
      const page = await openGallery(browser, gallery, { language, viewport });
      await play(page, scene);
      await page.screenshot({ path: join(folder, `${scene}.${sizeName}.${language}.png`) });
      for (const complaint of complaintsOf(page)) process.stderr.write(`${scene}: ${complaint}\n`);
      await page.context().close();
    }
  }
}
await browser.close();
