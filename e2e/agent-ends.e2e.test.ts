import { it } from 'vitest';
import { bringTogether } from './harness/call.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

it('the agent ends the call: the resident is thanked, the kiosk keeps nothing, and the next call can come', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });

  await agent.press('end');
  await kiosk.reads('谢谢您，再见');
  await kiosk.seesNothingOf(chen);
  await kiosk.press('done');
  await kiosk.isWiped();
  await agent.reads('您结束了通话');
  await agent.press('finishWrapUp');

  await kiosk.call();
  await agent.hearsRing();
});

it('a call that is held is neither seen nor heard, and comes back', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });

  await agent.press('hold');
  await kiosk.reads('通话已保留');
  await Promise.all([agent.hearsNothingOf(wang), kiosk.hearsNothingOf(chen), kiosk.seesNothingOf(chen)]);

  await agent.press('resume');
  await Promise.all([agent.sees(wang), agent.hears(wang), kiosk.sees(chen), kiosk.hears(chen)]);
});
