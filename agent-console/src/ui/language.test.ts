import { describe, expect, it } from 'vitest';
import { formatDuration } from './duration.ts';
import { chooseLanguage } from './language.ts';

describe('language (CONSOLE)', () => {
  it.each([
    ['', null, 'zh-CN'],
    ['?lang=en', null, 'en'],
    ['?lang=zh-CN', 'en', 'zh-CN'],
    ['', 'en', 'en'],
    ['?lang=fr', 'en', 'en'],
    ['?lang=fr', 'fr', 'zh-CN'],
  ])('[CONSOLE-28] "%s" with %s remembered is %s', (search, remembered, language) => {
    expect(chooseLanguage(search, remembered)).toBe(language);
  });
});

it.each([
  [-5, '0:00'],
  [7_900, '0:07'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
])('%i ms read %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
