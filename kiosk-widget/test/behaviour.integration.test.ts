import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, serveGallery } from './gallery/build-gallery.ts';
import { chromiumOptions, complaintsOf, openGallery, play, sizes } from './gallery/visit.ts';

let gallery: Gallery;
let browser: Browser;
beforeAll(async () => {
  gallery = await serveGallery();
  browser = await chromium.launch(chromiumOptions);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.[Symbol.asyncDispose]();
});

const visit = (language: 'zh-CN' | 'en' = 'zh-CN') =>
  openGallery(browser, gallery, { language, viewport: sizes.landscape });
const focusedText = (page: Page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    return (outer?.shadowRoot?.activeElement ?? outer)?.textContent?.trim() ?? '';
  });

describe('loading', () => {
  it('[WIDGET-1] shows the button at once and loads the rest when somebody means to press it', async () => {
    const page = await visit();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    const help = page.getByRole('button', { name: '视频帮办', exact: true });
    expect(await help.isVisible()).toBe(true);
    expect(await page.evaluate(() => 'stage' in window)).toBe(false);
    await help.hover();
    await page.waitForFunction(() => 'stage' in window);
    expect(requested.filter((url) => url.includes('/widget/'))).toHaveLength(1);
    await page.context().close();
  });

  it('[WIDGET-1] says so when the rest cannot be loaded, and loads it at the next press', async () => {
    const page = await visit('en');
    const rest = /\/widget\/(?!bangban\.js)/;
    await page.route(rest, (route) => route.abort());
    const help = page.getByRole('button', { name: 'Video help', exact: true });
    await help.click();
    await page.getByRole('alert').getByText('did not open').waitFor();
    await page.unroute(rest);
    await help.click();
    await page.getByRole('dialog').waitFor();
    await page.context().close();
  });

  it('[WIDGET-5] waits a moment for the kiosk token after a press', async () => {
    const page = await visit();
    await page.evaluate(() => document.querySelector('bangban-help')?.removeAttribute('kiosk-token'));
    await page.getByRole('button', { name: '视频帮办', exact: true }).click();
    await page.waitForFunction(() => 'stage' in window);
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.evaluate(() => document.querySelector('bangban-help')?.setAttribute('kiosk-token', 'late'));
    await page.getByRole('dialog').waitFor();
    await page.context().close();
  });

  it('[WIDGET-2] returns to the call after a page load without a touch', async () => {
    const page = await visit();
    await play(page, 'call-muted');
    await page.evaluate(() => sessionStorage.setItem('stage.call', JSON.stringify(window.active)));
    await page.reload();
    await page.getByRole('region', { name: '视频帮办' }).waitFor();
    await page.getByRole('button', { name: '取消静音', exact: true }).waitFor();
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the focus', () => {
  it('[WIDGET-62] [WIDGET-67] goes with the keyboard through a whole call and back to the button', async () => {
    const page = await visit();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('视频帮办');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await focusedText(page)).toBe('请工作人员帮您办');
    await page.evaluate(() => {
      window.stage.server.answer('call:request', () => window.queued);
      window.stage.server.answer('call:end', () => null);
    });
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('同意并呼叫');
    await page.keyboard.press('Enter');
    await page.getByRole('status', { name: '排队' }).waitFor();
    expect(await focusedText(page)).toBe('正在排队');
    await page.evaluate(() => window.stage.server.emit('call:changed', window.active));
    await page.getByRole('region', { name: '视频帮办' }).waitFor();
    expect(await focusedText(page)).toContain('李晓梅');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await focusedText(page)).toBe('取消静音');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('结束通话');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '好的' }).press('Enter');
    expect(await focusedText(page)).toBe('视频帮办');
    await page.context().close();
  });

  it('[WIDGET-62] stays in the form while the resident types', async () => {
    const page = await visit();
    await play(page, 'queue');
    await page.locator('#name').fill('王建国');
    await page.evaluate(() => window.stage.server.emit('call:changed', window.active));
    await page.getByRole('region', { name: '视频帮办' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
    await page.context().close();
  });
});

describe('in a call', () => {
  it('[WIDGET-63] gives the page its room back at the end', async () => {
    const page = await visit();
    await page.evaluate(() => document.documentElement.style.setProperty('padding-right', '7px'));
    await play(page, 'consent');
    const docked = await page.evaluate(() => Number.parseFloat(document.documentElement.style.paddingRight));
    expect(docked).toBeGreaterThan(400);
    await page.getByRole('button', { name: '取消', exact: true }).click();
    expect(await page.evaluate(() => document.documentElement.getAttribute('style'))).toBe('padding-right: 7px;');
    await page.context().close();
  });

  it('[WIDGET-64] changes its words with the lang attribute', async () => {
    const page = await visit();
    await play(page, 'call');
    await page.evaluate(() => document.querySelector('bangban-help')?.setAttribute('lang', 'en'));
    await page.getByRole('region', { name: 'Video help' }).waitFor();
    await page.getByRole('button', { name: 'Camera off', exact: true }).waitFor();
    expect(await page.evaluate(() => window.stage.controller.state().at)).toBe('talking');
    await page.context().close();
  });

  it('[WIDGET-30] warns before a call is given up', async () => {
    const page = await visit('en');
    await play(page, 'call');
    await page.evaluate(() =>
      window.stage.server.become({ state: 'reconnecting', sinceMs: performance.now() - 24_500 }),
    );
    await page.getByText('We are reconnecting').waitFor();
    await page.getByText('After one minute without it the call ends by itself').waitFor();
    await page.context().close();
  });

  it('[WIDGET-40] [WIDGET-50] leaves nothing of the resident behind, and tells the page so', async () => {
    const page = await visit();
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      for (const name of ['requested', 'queued', 'answered', 'ended', 'wiped']) {
        document.addEventListener(`bangban:${name}`, () => told.push(name));
      }
    });
    await play(page, 'call');
    const videos = await page.evaluateHandle(() => [
      ...(document.querySelector('bangban-help')?.shadowRoot?.querySelectorAll('video, audio') ?? []),
    ]);
    await page.getByRole('button', { name: '结束通话', exact: true }).click();
    const left = await page.evaluate(
      (elements) => ({
        tracks: window.stage.tracks.map((track) => track.readyState),
        sources: elements.map((element) => (element as HTMLMediaElement).srcObject),
        elements: document.querySelector('bangban-help')?.shadowRoot?.querySelectorAll('video, audio').length,
        storage: Object.keys(sessionStorage),
        told: (window as unknown as { told: string[] }).told,
      }),
      videos,
    );
    expect(left).toEqual({
      tracks: ['ended', 'ended'],
      sources: [null, null, null],
      elements: 0,
      storage: [],
      told: ['requested', 'queued', 'answered', 'ended', 'wiped'],
    });
    await page.context().close();
  });

  it('[WIDGET-43] closes the goodbye after a countdown in sight', async () => {
    const page = await visit('en');
    await page.clock.install();
    await play(page, 'thanks');
    await page.getByText('Closes in 20 seconds').waitFor();
    await page.clock.runFor(19_000);
    await page.getByText('Closes in 1 second', { exact: true }).waitFor();
    await page.clock.runFor(1_000);
    expect(await page.getByText('Thank you').isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('a browser that wants a touch before it plays sound', () => {
  it('[WIDGET-65] gets a button for it, while the picture plays', async () => {
    const page = await openGallery(browser, gallery, {
      language: 'en',
      viewport: sizes.landscape,
      // As Chromium does by default; the debugger that drives this test counts as a touch, so its rule cannot be used.
      before: () => {
        const play = HTMLMediaElement.prototype.play;
        let touched = false;
        addEventListener(
          'click',
          () => {
            touched = true;
          },
          true,
        );
        HTMLMediaElement.prototype.play = function () {
          const isRefused = this instanceof HTMLAudioElement && !touched;
          return isRefused ? Promise.reject(new DOMException('touch first', 'NotAllowedError')) : play.call(this);
        };
      },
    });
    await play(page, 'call');
    const paused = () =>
      page.evaluate(() => {
        const root = document.querySelector('bangban-help')?.shadowRoot;
        return ['.stage > video', 'audio'].map((name) => root?.querySelector<HTMLMediaElement>(name)?.paused);
      });
    const soundOn = page.getByRole('button', { name: 'Press here to turn on the sound' });
    await soundOn.waitFor();
    expect((await paused())[0]).toBe(false);
    await soundOn.click();
    await soundOn.waitFor({ state: 'hidden' });
    expect(await paused()).toEqual([false, false]);
    await page.context().close();
  });
});
