import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStageHouse, type StageHouse, violationsOn } from './open-stage.ts';
import { screens } from './screens.ts';

/** Names depend on the language and contrast on the theme: two looks have them all. */
const looks = [
  { language: 'zh-CN', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const;

describe('screens (CONSOLE)', () => {
  let house: StageHouse;
  beforeAll(async () => {
    house = await openStageHouse();
  }, 120_000);
  afterAll(() => house[Symbol.asyncDispose]());

  it.each(looks)(
    '[CONSOLE-29] every screen is accessible in $language, $theme',
    async ({ language, theme }) => {
      const violations: string[] = [];
      for (const screen of screens) {
        const page = await house.open({ ...screen.options, language, theme });
        await screen.show(page);
        violations.push(...(await violationsOn(page)).map((violation) => `${screen.name}: ${violation}`));
        await page.context().close();
      }
      expect(violations).toEqual([]);
    },
    300_000,
  );
});
