import { describe, expect, it } from 'vitest';
import { waitMinutes } from './texts.ts';
import { textsIn } from './texts-in.ts';

const range = (lowSeconds: number, highSeconds: number) => ({ state: 'range', lowSeconds, highSeconds }) as const;

describe('waiting times', () => {
  it.each([
    [range(0, 50), '不到 1 分钟', 'Less than 1 minute'],
    [range(10, 70), '大约 1 到 2 分钟', 'About 1 to 2 minutes'],
    [range(60, 60), '大约 1 分钟', 'About 1 minute'],
    [range(179, 301), '大约 2 到 6 分钟', 'About 2 to 6 minutes'],
    [range(180, 360), '大约 3 到 6 分钟', 'About 3 to 6 minutes'],
    [range(3_600, 9_000), '可能要 1 小时以上', 'Maybe more than 1 hour'],
  ])('[WIDGET-66] says %o in plain words', (estimate, chinese, english) => {
    expect(textsIn('zh-CN').queue.estimate(estimate)).toBe(chinese);
    expect(textsIn('en').queue.estimate(estimate)).toBe(english);
  });

  it('[WIDGET-66] never promises less than it was told', () => {
    for (let low = 0; low < 3_000; low += 37) {
      const high = low + 100;
      const minutes = waitMinutes(low, high);
      if (minutes.kind === 'range') expect(minutes.high * 60).toBeGreaterThanOrEqual(high);
    }
  });

  it('[WIDGET-66] says why there is no estimate, without a figure', () => {
    const unknown = { state: 'unknown', why: 'no-agent-on-duty' } as const;
    for (const language of ['zh-CN', 'en'] as const)
      expect(textsIn(language).queue.estimate(unknown)).not.toMatch(/\d/);
  });
});

describe('places in the queue', () => {
  it('[WIDGET-66] counts who is before, down to nobody', () => {
    expect([0, 1, 2].map(textsIn('en').queue.ahead)).toEqual([
      'You are next',
      '1 person before you',
      '2 people before you',
    ]);
    expect([0, 2].map(textsIn('zh-CN').queue.ahead)).toEqual(['下一位就是您', '前面还有 2 位']);
  });
});
