import { expect, it } from 'vitest';
import { bringTogether, hearEachOther } from './harness/call.ts';
import { wallClockMs } from './harness/eventually.ts';
import { printFigure } from './harness/figures.ts';
import { openHall } from './harness/hall.ts';
import { interruptionOf } from './harness/interruption.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

/** The goal is 5 s: a new process, new workers, new rooms. A test machine gets twice that. */
const longestInterruptionMs = 10_000;

it('the whole media server dies in a call: it starts again and both sides are back by themselves', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await bringTogether(...both);

  const faultAtMs = wallClockMs();
  await hall.program.killRole('sfu');
  const [atKiosk, atAgent] = await Promise.all([
    interruptionOf(chen, { at: kiosk, faultAtMs }),
    interruptionOf(wang, { at: agent, faultAtMs }),
  ]);
  printFigure(
    'media server killed, longest time without a new frame',
    `kiosk ${Math.round(atKiosk)} ms, agent ${Math.round(atAgent)} ms`,
  );
  expect(Math.max(atKiosk, atAgent)).toBeLessThan(longestInterruptionMs);
  await hearEachOther(...both);

  await agent.press('end');
  await kiosk.reads('谢谢您，再见');
});
