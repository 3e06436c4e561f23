import { resolve } from 'node:path';
import { eventually, type PersonalBrowser, type Program } from '@bangban/e2e/harness';
import { build } from 'vite';
import type { Contender } from '../measure/interleave.ts';
import type { BlankSite } from './blank-site.ts';

const service = 'shebao-canbao-zhengming';

/**
 * Our own cold join, beside Janus': both sides are connected to signalling and have open devices, nothing of the room is
 * prepared; measured from the request to answer (the desk's durable commit and the message to the kiosk are in it) until
 * the first frame, on the slower side.
 */
export function ourColdJoin(options: {
  program: Program;
  site: BlankSite;
  browser: PersonalBrowser;
  calls: number;
}): Contender {
  const { program, site, browser, calls } = options;
  return {
    name: 'cold',
    async measure() {
      const scripts = [await bundle(resolve(import.meta.dirname, 'page/cold-page.ts'))];
      const agent = await site.open(browser, scripts);
      const kiosk = await site.open(browser, scripts);
      const samples: number[] = [];
      try {
        const { deviceToken } = await post<{ deviceToken: string }>(program, '/api/v1/demo/kiosks/kiosk-002/token', {});
        const credentials = { userName: 'agent2', password: program.password };
        const { accessToken } = await post<{ accessToken: string }>(program, '/api/v1/auth/sign-in', credentials);
        const { url } = program;
        await kiosk.evaluate((side) => window.cold.openAsKiosk(side), { url, deviceToken });
        await agent.evaluate((side) => window.cold.openAsAgent(side), { url, accessToken });

        for (let call = 0; call <= calls; call += 1) {
          await eventually(
            async () =>
              (await kiosk.evaluate((code) => window.cold.requestCall(code), service)) ? undefined : 'rate-limited',
            { everyMs: 500 },
          );
          await eventually(async () =>
            (await agent.evaluate(() => window.cold.isOffered())) ? undefined : 'the call is not offered',
          );
          const answeredAt = await agent.evaluate(() => window.cold.answer());
          let times: (number | null)[] = [];
          await eventually(async () => {
            times = await Promise.all([agent, kiosk].map((page) => page.evaluate(() => window.cold.firstFrameAt())));
            return times.every((time) => time !== null) ? undefined : `first frames: ${times.join(', ')}`;
          });
          // The first call warms up decoders and code; it is not counted.
          if (call > 0) samples.push(Math.max(...times.map((time) => time ?? Number.NaN)) - answeredAt);
          await kiosk.evaluate(() => window.cold.end());
          await agent.evaluate(() => window.cold.finishWrapUp());
        }
      } finally {
        for (const page of [agent, kiosk]) await page.context().close();
      }
      return samples;
    },
  };
}

/** One script with everything in it, as the front ends' own build would make it. */
async function bundle(entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'bench' } },
  });
  const [bundled] = Array.isArray(output) ? output : [output];
  const chunk = bundled && 'output' in bundled ? bundled.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${entry} gave no script`);
  return chunk.code;
}

async function post<Answer>(program: Program, path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${program.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  // The shape is that of the route's schema in the protocol; a bench of the same version does not parse it again.
  return (await answer.json()) as Answer;
}
