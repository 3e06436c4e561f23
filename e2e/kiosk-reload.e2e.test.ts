import { it } from 'vitest';
import { bringTogether, hearEachOther, seeEachOther } from './harness/call.ts';
import { wallClockMs } from './harness/eventually.ts';
import { printFigure } from './harness/figures.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen } = people;

it('a kiosk page that is loaded again in the queue keeps its place', async () => {
  await using hall = await openHall();
  const first = await hall.openKiosk({ devices: { of: wang } });
  await first.call();
  await first.isAt(1);
  const second = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await second.call();
  await second.isAt(2);

  await first.page.reload();
  await first.isAt(1);
  await second.isAt(2);
});

it('a kiosk page that is loaded again in a call is back in the same call by itself', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await bringTogether(...both);

  const reloadedAtMs = wallClockMs();
  await kiosk.page.reload();
  await seeEachOther(...both);
  const { firstAt } = await kiosk.picture(chen.face, reloadedAtMs);
  printFigure(
    'kiosk page loaded again in a call, first frame of the agent after',
    `${Math.round((firstAt ?? Number.NaN) - reloadedAtMs)} ms`,
  );
  await hearEachOther(...both);

  await agent.press('end');
  await kiosk.reads('谢谢您，再见');
});
