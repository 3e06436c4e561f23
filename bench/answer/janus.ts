import { resolve } from 'node:path';
import { type PersonalBrowser, pageScript, wallClockMs } from '@bangban/e2e/harness';
import type { Contender } from '../measure/interleave.ts';
import type { BlankSite } from './blank-site.ts';
import type { JanusServer } from './janus-server.ts';

/** Time for both pages to be told and to wait for the same moment. */
const leadMs = 150;

/**
 * The cold join beside which ours is measured: both participants have a session and open devices, and join the room at the
 * same moment; measured until the first frame of the other one. Gives both sides' times of each call, the slower one.
 */
export function janusColdJoin(options: {
  server: JanusServer;
  site: BlankSite;
  browser: PersonalBrowser;
  calls: number;
}): Contender {
  const { server, site, browser, calls } = options;
  return {
    name: 'janus',
    async measure() {
      const scripts = [await pageScript(resolve(import.meta.dirname, 'page/janus-page.ts'))];
      const pages = [await site.open(browser, scripts), await site.open(browser, scripts)];
      const samples: number[] = [];
      try {
        for (const page of pages) await page.evaluate((url) => window.janus.prepare(url), server.url);
        for (let call = 0; call <= calls; call += 1) {
          const room = (await pages[0]?.evaluate(() => window.janus.createRoom())) ?? 0;
          const atMs = wallClockMs() + leadMs;
          const firstFrames = await Promise.all(
            pages.map((page) => page.evaluate((join) => window.janus.joinAt(join), { atMs, room })),
          );
          // The first call warms up decoders and code; it is not counted.
          if (call > 0) samples.push(Math.max(...firstFrames) - atMs);
          for (const page of pages) await page.evaluate(() => window.janus.leave());
        }
      } finally {
        for (const page of pages) await page.context().close();
      }
      return samples;
    },
  };
}
