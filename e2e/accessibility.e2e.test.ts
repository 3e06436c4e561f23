import { describe, it } from 'vitest';
import { expectAccessible } from './harness/accessibility.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';
import type { Language } from './harness/words.ts';

const { wang, chen } = people;

describe.each(['zh-CN', 'en'] satisfies Language[])('in %s', (language) => {
  it('every screen of a call meets WCAG 2.2 AA', async () => {
    await using hall = await openHall();
    const agent = await hall.openConsole({ devices: { of: chen }, language });
    await expectAccessible(agent.page, 'console, away');
    const kiosk = await hall.openKiosk({ devices: { of: wang }, language });
    await expectAccessible(kiosk.page, 'kiosk page');

    await kiosk.press('help');
    await kiosk.button('agree').waitFor();
    await expectAccessible(kiosk.page, 'consent');
    await kiosk.press('agree');
    await kiosk.isAt(1);
    await expectAccessible(kiosk.page, 'queue');

    await agent.becomeAvailable();
    await agent.hearsRing();
    await expectAccessible(agent.page, 'console, ringing');
    await kiosk.isRinging();
    await expectAccessible(kiosk.page, 'queue, ringing');

    await agent.press('answer');
    await Promise.all([agent.sees(wang), kiosk.sees(chen)]);
    await expectAccessible(agent.page, 'console, in a call');
    await expectAccessible(kiosk.page, 'kiosk, in a call');

    await kiosk.press('end');
    await kiosk.button('done').waitFor();
    await expectAccessible(kiosk.page, 'thanks');
    await agent.button('finishWrapUp').waitFor();
    await expectAccessible(agent.page, 'console, wrap-up');
  });

  it('the sign-in page, the overview and the pages for supervisors and admins meet WCAG 2.2 AA', async () => {
    await using hall = await openHall();
    const agent = await hall.openConsole({ devices: 'none', language, userName: 'supervisor' });
    await expectAccessible(agent.page, 'console of a supervisor');
    const admin = await hall.openConsole({ devices: 'none', language, userName: 'admin' });
    await expectAccessible(admin.page, 'console of an admin');
    const visitor = await hall.openPage(`/?lang=${language}`, language);
    await expectAccessible(visitor, 'overview');
    await visitor.goto(`${hall.program.url}/console/?lang=${language}`);
    await visitor.getByRole('button').first().waitFor();
    await expectAccessible(visitor, 'sign-in');
  });
});
