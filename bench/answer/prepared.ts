import { resolve } from 'node:path';
import { agentAt, eventually, kioskAt, type PersonalBrowser, type Program, pageScript } from '@bangban/e2e/harness';
import type { Contender } from '../measure/interleave.ts';

/** How much later than the press of the answer button each side had its first frame, call by call. */
export type Sides = { agent: number[]; resident: number[] };

/**
 * The real kiosk page and the real console: from the press of the answer button until the first frame of the other one, on
 * the slower side. Both are pressed by the mouse, as a person would, when the call is prepared on both sides.
 */
export function preparedAnswer(options: {
  program: Program;
  browser: PersonalBrowser;
  calls: number;
  sides: Sides;
}): Contender {
  const { program, browser, calls, sides } = options;
  return {
    name: 'prepared',
    async measure() {
      const scripts = [await pageScript(resolve(import.meta.dirname, 'page/answer-watch.ts'))];
      const viewport = { width: 1_440, height: 900 };
      const agentPage = await browser.openWindow({ viewport, scripts });
      const kioskPage = await browser.openWindow({ viewport, scripts });
      const samples: number[] = [];
      try {
        await agentPage.goto(`${program.url}/console/`);
        const agent = agentAt(agentPage, 'zh-CN');
        await agent.signIn('agent1', program.password);
        await kioskPage.goto(`${program.url}/kiosk/?kiosk=kiosk-001`);
        const kiosk = kioskAt(kioskPage, 'zh-CN');
        await agent.becomeAvailable();

        // The first call warms up decoders and code, as the first of the day does; it is not counted.
        for (let call = 0; call <= calls; call += 1) {
          await kiosk.call();
          await agent.hearsRing();
          await eventually(async () => {
            const prepared = await Promise.all(
              [agentPage, kioskPage].map((page) => page.evaluate(() => window.answerWatch.isPrepared())),
            );
            return prepared.every(Boolean) ? undefined : `prepared: agent ${prepared[0]}, kiosk ${prepared[1]}`;
          });
          for (const page of [agentPage, kioskPage]) await page.evaluate(() => window.answerWatch.reset());
          await agent.press('answer');
          const times = await firstFrames([agentPage, kioskPage]);
          if (call > 0) {
            sides.agent.push(times[0] ?? Number.NaN);
            sides.resident.push(times[1] ?? Number.NaN);
            samples.push(Math.max(...times));
          }
          await kiosk.press('end');
          await agent.press('finishWrapUp');
          await kiosk.press('done');
          await kiosk.isWiped();
        }
      } finally {
        for (const page of [agentPage, kioskPage]) await page.context().close();
      }
      return samples;
    },
  };
}

type Page = Awaited<ReturnType<PersonalBrowser['openWindow']>>;

/** Milliseconds from the press on the first page until the first frame on each. */
async function firstFrames(pages: readonly [Page, Page]): Promise<number[]> {
  let times: (number | null)[] = [];
  await eventually(async () => {
    times = await Promise.all(pages.map((page) => page.evaluate(() => window.answerWatch.firstFrameAt())));
    return times.every((time) => time !== null) ? undefined : `first frames: ${times.join(', ')}`;
  });
  const pressedAt = (await pages[0].evaluate(() => window.answerWatch.pressedAt())) ?? Number.NaN;
  return times.map((time) => (time ?? Number.NaN) - pressedAt);
}
