import { expect, it } from 'vitest';
import { hearEachOther, seeEachOther } from './harness/call.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

it('a resident presses 视频帮办, waits, is answered; both see and hear each other until the resident ends the call', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });

  await kiosk.press('help');
  await kiosk.reads('工作人员能看到您、听到您说话');
  await kiosk.press('agree');
  await kiosk.isAt(1);
  expect(await agent.waitingCalls()).toHaveLength(1);

  await agent.becomeAvailable();
  await agent.hearsRing();
  await kiosk.isRinging();
  // The consent promises that nothing is sent before the answer, however well it is prepared.
  await agent.seesNothingOf(wang);
  await agent.hearsNothingOf(wang);

  await agent.press('answer');
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: agent },
  ] as const;
  await seeEachOther(...both);
  await hearEachOther(...both);
  await kiosk.reads('陈雨桐');

  await kiosk.press('mute');
  await agent.hearsNothingOf(wang);
  await agent.reads('居民已静音');
  await kiosk.press('unmute');
  await agent.hears(wang);

  await agent.press('mute');
  await kiosk.hearsNothingOf(chen);
  await agent.press('mute');
  await kiosk.hears(chen);

  await kiosk.press('cameraOff');
  await agent.seesNothingOf(wang);
  await agent.hears(wang);

  await kiosk.press('end');
  await kiosk.reads('谢谢您，再见');
  await agent.reads('居民结束了通话');
  await kiosk.press('done');
  await kiosk.isWiped();
  await agent.press('finishWrapUp');
  await agent.reads('等待来电');
});
