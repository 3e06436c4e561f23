import { it } from 'vitest';
import { bringTogether, hearEachOther, seeEachOther } from './harness/call.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen } = people;

it('an agent who opens a second tab in a call goes on there, and the first tab says so', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });

  const second = await hall.openAnotherTab(agent);
  await agent.reads('此账号已在另一个窗口打开');
  const both = [
    { person: wang, at: kiosk },
    { person: chen, at: second },
  ] as const;
  await seeEachOther(...both);
  await hearEachOther(...both);

  await second.press('end');
  await kiosk.reads('谢谢您，再见');
});

it('a second device that claims to be the same kiosk is refused, and the first one waits undisturbed', async () => {
  await using hall = await openHall();
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await kiosk.call();
  await kiosk.isAt(1);

  const impostor = await hall.openKiosk({ devices: { of: li } });
  await impostor.press('help');
  await impostor.reads('视频帮办正在别处使用');
  await kiosk.isAt(1);
});
