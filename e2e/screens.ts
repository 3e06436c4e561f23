import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bringTogether } from './harness/call.ts';
import { type Hall, openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';
import type { Language } from './harness/words.ts';

/*
 * npm run screens
 *
 * Photographs every screen of the real program in both languages, the kiosk upright and lying, into e2e/.screens, for people
 * to look at. It asserts nothing.
 */

const folder = join(import.meta.dirname, '.screens');
const upright = { width: 1080, height: 1920 };
const lying = { width: 1920, height: 1080 };
const { wang, li, chen } = people;

async function photographAll(hall: Hall, language: Language): Promise<void> {
  const shoot = async (page: Page, name: string) => {
    await page.screenshot({ path: join(folder, `${language}-${name}.png`), animations: 'disabled' });
  };
  const shootKiosk = async (page: Page, name: string) => {
    for (const [shape, size] of Object.entries({ upright, lying })) {
      await page.setViewportSize(size);
      await shoot(page, `kiosk-${name}-${shape}`);
    }
  };

  const visitor = await hall.openPage(`/?lang=${language}`, language);
  await shoot(visitor, 'overview');
  await visitor.goto(`${hall.program.url}/console/?lang=${language}`);
  await visitor.getByRole('textbox').first().waitFor();
  await shoot(visitor, 'console-sign-in');

  const agent = await hall.openConsole({ devices: { of: chen }, language });
  await agent.page.waitForLoadState('networkidle');
  await shoot(agent.page, 'console-away');
  const kiosk = await hall.openKiosk({ devices: { of: wang }, language });
  await shootKiosk(kiosk.page, 'page');
  await kiosk.press('help');
  await kiosk.button('agree').waitFor();
  await shootKiosk(kiosk.page, 'consent');
  await kiosk.press('agree');
  await kiosk.isAt(1);
  await shootKiosk(kiosk.page, 'queue-nobody-on-duty');
  const second = await hall.openKiosk({ devices: { of: li }, language, kioskId: 'kiosk-002' });
  await second.call();
  await second.isAt(2);
  await shoot(agent.page, 'console-waiting');

  await agent.becomeAvailable();
  await agent.hearsRing();
  await shoot(agent.page, 'console-ringing');
  await kiosk.isRinging();
  await shootKiosk(kiosk.page, 'queue-ringing');
  await shootKiosk(second.page, 'queue-second');
  await agent.press('answer');
  await Promise.all([agent.sees(wang), kiosk.sees(chen)]);
  await shoot(agent.page, 'console-call');
  await shootKiosk(kiosk.page, 'call');
  await kiosk.press('mute');
  await agent.hearsNothingOf(wang);
  await shoot(agent.page, 'console-call-resident-muted');
  await shootKiosk(kiosk.page, 'call-muted');
  await agent.press('hold');
  await kiosk.seesNothingOf(chen);
  await shoot(agent.page, 'console-held');
  await shootKiosk(kiosk.page, 'held');
  await agent.press('resume');
  await agent.press('end');
  await kiosk.button('done').waitFor();
  await shootKiosk(kiosk.page, 'thanks');
  await agent.button('finishWrapUp').waitFor();
  await shoot(agent.page, 'console-wrap-up');
  await agent.press('finishWrapUp');
  await agent.hearsRing();
  await agent.press('decline');
  await agent.isAway();
  await shoot(agent.page, 'console-declined');

  const dark = await hall.openKiosk({ devices: 'none', language, kioskId: 'kiosk-003' });
  await dark.call();
  await dark.button('callAnyway').waitFor();
  await shootKiosk(dark.page, 'no-devices');
  for (const userName of ['supervisor', 'admin']) {
    const { page } = await hall.openConsole({ devices: 'none', language, userName });
    await page.waitForLoadState('networkidle');
    await shoot(page, `console-${userName}`);
  }
}

/** What people see when the server is gone. */
async function photographOutage(language: Language): Promise<void> {
  const hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen }, language });
  const kiosk = await hall.openKiosk({ devices: { of: wang }, language });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });
  await hall.program.stop();
  // Both the lost connection and the stopped picture are said by then; nothing after it changes any more.
  await agent.page.waitForTimeout(6_000);
  await agent.page.screenshot({ path: join(folder, `${language}-console-outage.png`) });
  await kiosk.page.screenshot({ path: join(folder, `${language}-kiosk-outage.png`) });
  await hall[Symbol.asyncDispose]();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const language of ['zh-CN', 'en'] as const) {
  await using hall = await openHall();
  await photographAll(hall, language);
}
for (const language of ['zh-CN', 'en'] as const) await photographOutage(language);
process.stdout.write(`${folder}\n`);
