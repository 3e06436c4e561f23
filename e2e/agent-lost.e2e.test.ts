import { it } from 'vitest';
import { bringTogether, hearEachOther, seeEachOther } from './harness/call.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen, zhou } = people;

it('an agent who closes the tab and does not come back: the call goes to the head of the queue, and the resident is told', async () => {
  await using hall = await openHall({ AGENT_ABSENT_MS: '4000' });
  const agent = await hall.openConsole({ devices: { of: chen } });
  const other = await hall.openConsole({ devices: { of: zhou }, userName: 'agent2' });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });
  const waiting = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await waiting.call();
  await waiting.isAt(1);

  await agent.page.close();
  await kiosk.reads('工作人员的网络断开了');
  await kiosk.reads('刚才的工作人员断线了');
  await kiosk.isAt(1);
  await waiting.isAt(2);

  await other.becomeAvailable();
  await other.hearsRing();
  await kiosk.isRinging();
  await other.press('answer');
  const both = [
    { person: wang, at: kiosk },
    { person: zhou, at: other },
  ] as const;
  await seeEachOther(...both);
  await hearEachOther(...both);
});

it('an agent who loads the console again in a call is back in it without signing in', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await bringTogether(...both);

  await agent.page.reload();
  await seeEachOther(...both);
  await hearEachOther(...both);
});
