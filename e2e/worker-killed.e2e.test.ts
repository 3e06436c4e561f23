import { expect, it } from 'vitest';
import { bringTogether, hearEachOther } from './harness/call.ts';
import { wallClockMs } from './harness/eventually.ts';
import { printFigure } from './harness/figures.ts';
import { openHall } from './harness/hall.ts';
import { interruptionOf } from './harness/interruption.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

/** The goal is 2 s on a machine with nothing else to do; a test machine gets twice that. */
const longestInterruptionMs = 4_000;

it('a media worker dies in a call: both sides see and hear each other again by themselves', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await bringTogether(...both);

  const worker = await hall.program.busiestWorkerPid();
  const faultAtMs = wallClockMs();
  process.kill(worker, 'SIGKILL');
  const [atKiosk, atAgent] = await Promise.all([
    interruptionOf(chen, { at: kiosk, faultAtMs }),
    interruptionOf(wang, { at: agent, faultAtMs }),
  ]);
  printFigure(
    'worker killed, longest time without a new frame',
    `kiosk ${Math.round(atKiosk)} ms, agent ${Math.round(atAgent)} ms`,
  );
  expect(Math.max(atKiosk, atAgent)).toBeLessThan(longestInterruptionMs);
  await hearEachOther(...both);

  await kiosk.press('end');
  await agent.reads('居民结束了通话');
});
