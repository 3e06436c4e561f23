import { it } from 'vitest';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, chen } = people;

it('a kiosk whose browser refuses camera and microphone can call, see and hear, and the agent knows why it is dark', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang }, permissions: 'deny' });
  await kiosk.call();
  await kiosk.reads('摄像头和麦克风都用不了');
  await kiosk.press('callAnyway');
  await kiosk.isAt(1);
  await agent.becomeAvailable();
  await agent.hearsRing();
  await agent.press('answer');

  await kiosk.sees(chen);
  await kiosk.hears(chen);
  await agent.reads('此终端没有摄像头');
  await agent.reads('终端没有麦克风');
  await kiosk.press('end');
  await kiosk.reads('谢谢您，再见');
});

it('a kiosk without any device says so and can call all the same', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: 'none' });
  await kiosk.call();
  await kiosk.press('callAnyway');
  await agent.becomeAvailable();
  await agent.hearsRing();
  await agent.press('answer');
  await kiosk.sees(chen);
});

it('an agent whose browser refuses the devices is told before the first call, and still sees and hears residents', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen }, permissions: 'deny' });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await agent.becomeAvailable();
  await agent.reads('浏览器未获准使用摄像头');
  await kiosk.call();
  await agent.hearsRing();
  await agent.press('answer');
  await agent.sees(wang);
  await agent.hears(wang);
  await kiosk.reads('工作人员没有打开摄像头');
});
