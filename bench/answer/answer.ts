import { openBrowser, startProgram } from '@bangban/e2e/harness';
import type { Bench } from '../bench.ts';
import { interleave } from '../measure/interleave.ts';
import { versionOf } from '../measure/machine.ts';
import { serveBlankSite } from './blank-site.ts';
import { ourColdJoin } from './cold.ts';
import { janusColdJoin } from './janus.ts';
import { startJanus } from './janus-server.ts';
import { preparedAnswer, type Sides } from './prepared.ts';

/*
 * From the answer until both sides have the first frame of the other one (requestVideoFrameCallback), on loopback.
 *
 * Three contenders, in turn, round after round, on the same machine and the same Chromium with fake devices at 1280×720 and
 * 30 frames per second, each in two windows of its own:
 *
 *   prepared  the real program, the real kiosk page and console, the answer button pressed by the mouse
 *   cold      the real program, two empty pages with our clients that join only when the call is answered
 *   janus     Debian's Janus with its VideoRoom, two empty pages in plain WebRTC that join at the same moment
 *
 * A call's figure is that of its slower side. Clocks: both windows and this program are on one machine
 * (performance.timeOrigin + performance.now()). The first call of every round warms up and is not counted. A frame is
 * reported at the browser's next display refresh, so every figure is up to 17 ms later than the decoder.
 */
export const answer: Bench = {
  name: 'answer',
  summary: 'answer → first frame on both sides, prepared and cold, beside Debian’s Janus',
  async run({ quick }) {
    const calls = quick ? 3 : 8;
    const rounds = quick ? 1 : 3;
    await using site = await serveBlankSite();
    await using program = await startProgram({ ALLOWED_ORIGINS: site.origin });
    await using server = await startJanus();
    await using browser = await openBrowser('generic');
    const sides: Sides = { agent: [], resident: [] };
    const samples = await interleave(
      [
        preparedAnswer({ program, browser, calls, sides }),
        ourColdJoin({ program, site, browser, calls }),
        janusColdJoin({ server, site, browser, calls }),
      ],
      rounds,
    );
    const unit = 'ms';
    return {
      figures: [
        {
          what: 'prepared, slower side',
          unit,
          repeats: samples.get('prepared') ?? [],
          goal: { words: 'p50 ≤ 50, p95 ≤ 100', isMet: (median, p95) => median <= 50 && p95 <= 100 },
        },
        { what: 'prepared, agent’s side', unit, repeats: [sides.agent] },
        { what: 'prepared, resident’s side', unit, repeats: [sides.resident] },
        {
          what: 'cold join, slower side',
          unit,
          repeats: samples.get('cold') ?? [],
          goal: { words: 'p50 ≤ 110', isMet: (median) => median <= 110 },
        },
        { what: 'Janus VideoRoom, cold join', unit, repeats: samples.get('janus') ?? [] },
      ],
      notes: [`Chromium ${browser.version}; ${versionOf('dpkg-query', ['-W', 'janus'])}`],
    };
  },
};
