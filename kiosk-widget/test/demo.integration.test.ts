import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Gallery, serveGallery } from './gallery/build-gallery.ts';
import { accessibilityProblems } from './gallery/measure.ts';
import { chromiumOptions, complaintsOf, openGallery, sizes } from './gallery/visit.ts';

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

/** The first seventeen characters of nobody's number: region 110101, born 1955-03-02. */
const SEVENTEEN = '11010119550302123';

const open = () => openGallery(browser, gallery, { language: 'zh-CN', viewport: sizes.portrait });
const submit = (page: Page) => page.getByRole('button', { name: '提交登记' }).click();

/** The check character of GB 11643-1999, worked out apart from the page's own way. */
function withCheckCharacter(seventeen: string): string {
  const sum = [...seventeen].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  const check = (12 - (sum % 11)) % 11;
  return seventeen + (check === 10 ? 'X' : String(check));
}

it('[DEMO-1] says beside each field what is wrong, and leads to the first', async () => {
  const page = await open();
  await submit(page);
  expect(await page.locator('.error:not(:empty)').count()).toBe(7);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
  const right = withCheckCharacter(SEVENTEEN);
  const wrong = right.slice(0, 17) + (right.endsWith('1') ? '2' : '1');
  await page.locator('#identity').fill(wrong);
  await page.locator('#identity').blur();
  await page.getByText('身份证号码不对').waitFor();
  await page.locator('#identity').fill(right);
  await page.locator('#identity').blur();
  expect(await page.locator('#identity-error').textContent()).toBe('');
  expect(await page.locator('#birth').inputValue()).toBe('1955-03-02');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.context().close();
});

it('[DEMO-2] covers the identity number on the slip, and is empty for the next resident', async () => {
  const page = await open();
  const identity = withCheckCharacter(SEVENTEEN);
  await page.locator('#name').fill('王建国');
  await page.locator('#identity').fill(identity);
  await page.locator('#phone').fill('13800000000');
  await page.locator('#address').fill('云湖路 8 号');
  await page.getByText('60 周岁以上老人').click();
  await page.getByText('我确认以上信息真实').click();
  await submit(page);
  await page.getByRole('heading', { name: '登记已提交' }).waitFor();
  const slip = (await page.locator('#summary').textContent()) ?? '';
  expect(slip).toContain(`${identity.slice(0, 4)}**********${identity.slice(-4)}`);
  expect(slip).not.toContain(identity.slice(4, 14));
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '办理下一件' }).click();
  expect(await page.locator('#summary').textContent()).toBe('');
  expect(await page.locator('#name').inputValue()).toBe('');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

it('[DEMO-3] keeps the kiosk token in memory only', async () => {
  const page = await open();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(kept).not.toContain('token-of-the-gallery');
  await page.context().close();
});
