import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStageHouse, type StageHouse, type StageOptions } from './open-stage.ts';
import { answer, emit, resident, welcome } from './screens.ts';
import { activeCall, agentView, availableAgent, callId, connectingCall, offeredCall, wrappingUpCall } from './views.ts';

describe('console in a browser (CONSOLE)', () => {
  let house: StageHouse;
  beforeAll(async () => {
    house = await openStageHouse();
  }, 120_000);
  afterAll(() => house[Symbol.asyncDispose]());

  async function onPage(options: Partial<StageOptions>, run: (page: Page) => Promise<void>): Promise<void> {
    const page = await house.open({ as: 'agent1', ...options });
    try {
      await run(page);
    } finally {
      await page.context().close();
    }
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const requestNames = (page: Page) => page.evaluate(() => window.consoleStage.requests().map(({ name }) => name));
  const ringingAgent = () => agentView({ state: 'offered', callId: callId('call-1'), since: Date.now() }, 2);

  it('[CONSOLE-2] a refused sign-in says why, and a throttled one for how long', () =>
    onPage({ as: null }, async (page) => {
      const signIn = async (userName: string) => {
        await page.getByRole('textbox', { name: '用户名' }).fill(userName);
        await page.getByLabel('密码').fill('x');
        await button(page, '登录').click();
      };
      await signIn('wrong');
      await page.getByText('用户名或密码不正确').waitFor();
      await signIn('down');
      await page.getByText('无法连接服务器').waitFor();
      await signIn('throttled');
      await page.getByText(/请在 2[67] 秒后重试/).waitFor();
      expect(await button(page, '登录').isDisabled()).toBe(true);
    }));

  it('[CONSOLE-1] signs in and keeps the token out of every store of the browser', () =>
    onPage({ as: null }, async (page) => {
      await page.getByRole('textbox', { name: '用户名' }).fill('agent1');
      await page.getByLabel('密码').fill('x');
      await page.keyboard.press('Enter');
      await welcome(page, { agent: agentView({ state: 'away', reason: 'signed-in', since: Date.now() }) });
      await page.getByRole('switch', { name: '接听状态' }).waitFor();
      const stored = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
      expect(stored).not.toContain('token');
    }));

  it('[CONSOLE-13] the switch asks the desk, and shows the reason that the desk set', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: agentView({ state: 'away', reason: 'no-answer', since: Date.now() - 60_000 }, 3) });
      await page.getByText('上一个来电未在时限内接听').waitFor();
      await answer(page, 'availability:set', availableAgent(4));
      const available = page.getByRole('switch', { name: '接听状态' });
      expect(await available.getAttribute('aria-checked')).toBe('false');
      await available.click();
      await page.getByText('等待来电', { exact: true }).waitFor();
      expect(await available.getAttribute('aria-checked')).toBe('true');
    }));

  it('[CONSOLE-13] a reason is chosen from the menu', () =>
    onPage({}, async (page) => {
      await welcome(page);
      await answer(page, 'availability:set', agentView({ state: 'away', reason: 'meal', since: Date.now() }, 4));
      await page.getByRole('combobox', { name: '选择离开原因' }).click();
      await page.locator('.ant-select-dropdown').getByTitle('用餐').click();
      await page.getByText('您已暂停接听：用餐').waitFor();
      expect(await page.evaluate(() => window.consoleStage.requests())).toMatchObject([
        { name: 'availability:set', input: { availability: { state: 'away', reason: 'meal' } } },
      ]);
    }));

  it('[CONSOLE-12] the waiting list tells place, kiosk, service item, language and wait', () =>
    onPage({}, async (page) => {
      await welcome(page);
      const items = page.getByRole('list', { name: '等待队列' }).getByRole('listitem');
      expect(await items.count()).toBe(4);
      const second = await items.nth(1).innerText();
      for (const word of ['第 2 位', '租房提取住房公积金', '二号终端', '建设路邮政支局', '城西区', '中文', '优先'])
        expect(second).toContain(word);
      // Asked for 2:11 ago; a busy machine may take some seconds to show it.
      expect(second).toMatch(/2:[12]\d/);
    }));

  it('[CONSOLE-18] an offer flashes in the title, takes the focus and is answered by a key', () =>
    onPage({}, async (page) => {
      await welcome(page);
      await emit(page, 'agent:changed', ringingAgent());
      await emit(page, 'call:changed', offeredCall());
      await button(page, '接听').waitFor();
      await page.waitForFunction(() => document.title.includes('一号终端'));
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('接听');
      await answer(page, 'offer:accept', connectingCall());
      await page.keyboard.press('F2');
      await button(page, '结束').waitFor();
      expect(await requestNames(page)).toEqual(['offer:accept']);
      await page.waitForFunction(() => !document.title.includes('一号终端'));
    }));

  it('[CONSOLE-17] tracks are with the call while it rings, and flow from the click on', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: offeredCall() });
      await page.waitForFunction(() => window.consoleStage.sends().camera && window.consoleStage.sends().microphone);
      expect(await page.evaluate(() => window.consoleStage.target())).toMatchObject({ flow: 'prepared' });
      await page.evaluate(() => window.consoleStage.hang('offer:accept'));
      await button(page, '接听').click();
      expect(await page.evaluate(() => window.consoleStage.target())).toMatchObject({ flow: 'open' });
      await page.getByText('正在接通画面').waitFor();
    }));

  it('[CONSOLE-18] F4 declines, and the offer is gone', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: offeredCall() });
      await button(page, '拒接').waitFor();
      await answer(page, 'offer:decline', null);
      await page.keyboard.press('F4');
      await button(page, '接听').waitFor({ state: 'detached' });
      expect(await requestNames(page)).toEqual(['offer:decline']);
    }));

  it('[CONSOLE-9] the countdown goes by the server, however wrong the PC is', () =>
    onPage({}, async (page) => {
      // To this PC it is a year earlier than to the server.
      const now = Date.now() + 365 * 86_400_000;
      await welcome(page, { waiting: 0 });
      await emit(
        page,
        'call:changed',
        offeredCall('call-1', { now, offeredAt: now, expiresAt: now + 15_000, requestedAt: now - 60_000 }),
      );
      await page.getByRole('timer', { name: /剩余 1[45] 秒/ }).waitFor();
      await page
        .getByText(/^1:0\d$/)
        .first()
        .waitFor();
    }));

  it('[CONSOLE-21] the resident is seen moving, and a frozen picture is called so', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: activeCall() });
      await page.getByText('正在接通画面').waitFor();
      await resident(page, 'moving', 'open');
      await page.getByText('正在接通画面').waitFor({ state: 'detached' });
      const video = page.getByLabel('居民画面');
      expect(await video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBeGreaterThan(0);
      await page.evaluate(() => window.consoleStage.freezeResident());
      await page.getByText('画面停住了').waitFor();
      await resident(page, 'muted', 'muted');
      await page.getByText('居民关闭了摄像头').waitFor();
      await page.getByText('居民已静音').waitFor();
    }));

  it('[CONSOLE-20] mute and camera off reach call media, and say what the resident notices', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: activeCall() });
      await button(page, '静音').click();
      await page.waitForFunction(() => window.consoleStage.sends().camera);
      await button(page, '关闭摄像头').click();
      await page.getByText('已静音，居民听不到您').waitFor();
      await page.getByText('摄像头已关闭，居民看不到您').waitFor();
      expect(await page.evaluate(() => window.consoleStage.sends())).toMatchObject({
        cameraMuted: true,
        microphoneMuted: true,
      });
      await page.keyboard.press('F8');
      expect(await button(page, '静音').getAttribute('aria-pressed')).toBe('false');
    }));

  it('[CONSOLE-8] without the server the call stays, and what needs the server cannot be pressed', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: activeCall() });
      await button(page, '结束').waitFor();
      await page.evaluate(() => window.consoleStage.connection({ state: 'reconnecting', sinceMs: 0 }));
      await page.getByText('正在进行的通话音视频不受影响').waitFor();
      expect(await button(page, '结束').isDisabled()).toBe(true);
      expect(await button(page, '静音').isDisabled()).toBe(false);
      await page.evaluate(() => window.consoleStage.connection({ state: 'connected' }));
      await page.getByText('正在进行的通话音视频不受影响').waitFor({ state: 'detached' });
    }));

  it('[CONSOLE-22] after the call the wrap-up says how it ended and leads to the next', () =>
    onPage({ language: 'en' }, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: activeCall() });
      await answer(page, 'call:end', wrappingUpCall('call-1', { reason: 'agent-ended' }));
      await button(page, 'End').click();
      await page.getByText('You ended the call').waitFor();
      await answer(page, 'call:finish-wrap-up', null);
      await button(page, 'Finish wrap-up').click();
      await button(page, 'Finish wrap-up').waitFor({ state: 'detached' });
    }));

  it('[CONSOLE-7] a replaced tab offers to be used instead', () =>
    onPage({}, async (page) => {
      await welcome(page);
      await page.evaluate(() => window.consoleStage.connection({ state: 'ended', reason: 'replaced' }));
      await button(page, '在此窗口使用').click();
      await page.waitForFunction(() => window.consoleStage.connections() === 2);
      await welcome(page);
      await page.getByText('等待来电', { exact: true }).waitFor();
    }));

  it('[CONSOLE-15] a PC without camera and microphone says what residents notice', () =>
    onPage({ devices: 'none' }, async (page) => {
      await welcome(page);
      await page.getByText('未找到摄像头').waitFor();
      await page.getByText('居民将听不到您').waitFor();
    }));

  it('[CONSOLE-15] a browser that may not use the devices says where to allow it', () =>
    onPage({ devices: 'refused' }, async (page) => {
      await welcome(page);
      await page.getByText('浏览器未获准使用摄像头').waitFor();
      await page.getByText('浏览器未获准使用麦克风').waitFor();
    }));

  it('[CONSOLE-25] an enrolment code is shown once, with its time', () =>
    onPage({ as: 'admin', language: 'en' }, async (page) => {
      await welcome(page, { role: 'admin' });
      await page.getByRole('button', { name: 'New enrolment code for “二号终端”' }).click();
      await page.getByText('7KQ4-M2XD-9TRP').waitFor();
      await page.getByText(/Expires in 14:5\d/).waitFor();
      await button(page, 'I have it').click();
      await page.getByText('7KQ4-M2XD-9TRP').waitFor({ state: 'detached' });
    }));

  it('[CONSOLE-26] a kiosk is revoked only after the question is answered', () =>
    onPage({ as: 'admin' }, async (page) => {
      await welcome(page, { role: 'admin' });
      const row = page.getByRole('row', { name: /一号终端/ });
      await row.getByRole('button', { name: '停用“一号终端”' }).click();
      await page.getByRole('dialog').getByText('进行中的通话会结束').waitFor();
      expect(await row.innerText()).toContain('已注册');
      await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
      await row.getByText('已停用').waitFor();
    }));

  it('[CONSOLE-24] the supervisor sees who does what, and who waits', () =>
    onPage({ as: 'supervisor' }, async (page) => {
      await welcome(page, { role: 'supervisor' });
      await page.getByRole('row', { name: /赵磊.*通话中/ }).waitFor();
      await page.getByRole('row', { name: /周雪.*离开 · 用餐/ }).waitFor();
      expect(await page.getByRole('list', { name: '等待队列' }).getByRole('listitem').count()).toBe(4);
    }));

  it('[CONSOLE-28] changes the language without losing anything', () =>
    onPage({}, async (page) => {
      await welcome(page, { agent: ringingAgent(), call: activeCall() });
      await button(page, '结束').waitFor();
      await button(page, 'English').click();
      await button(page, 'End').waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
      expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
    }));

  it('[CONSOLE-30] a bug shows a number to quote', () =>
    onPage({ crash: true }, async (page) => {
      await page.getByRole('heading', { name: '页面出现错误' }).waitFor();
      await page.getByText(/ui-[0-9a-f]{8}/).waitFor();
    }));
});
