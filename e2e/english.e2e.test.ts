import { it } from 'vitest';
import { hearEachOther, seeEachOther } from './harness/call.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

it('a first call in English, on the kiosk and at the console', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen }, language: 'en' });
  const kiosk = await hall.openKiosk({ devices: { of: wang }, language: 'en' });
  await kiosk.call();
  await kiosk.isAt(1);
  await agent.becomeAvailable();
  await agent.hearsRing();
  await agent.reads('English');
  await agent.press('answer');
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await seeEachOther(...both);
  await hearEachOther(...both);

  await kiosk.press('end');
  await kiosk.reads('Thank you, goodbye');
  await agent.press('finishWrapUp');
  await kiosk.press('done');
  await kiosk.isWiped();
});
