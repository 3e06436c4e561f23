import { AssistError, errorCodes } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { incidentOf } from './incident.ts';
import { toProblem } from './problem.ts';
import { errorTexts } from './texts.ts';

describe('errors (CONSOLE)', () => {
  it.each(errorCodes)('[CONSOLE-27] "%s" says what happened and what to do, in both languages', (code) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { what, act } = errorTexts[language].code[code];
      expect(what.length).toBeGreaterThan(3);
      expect(act.length).toBeGreaterThan(3);
    }
    expect(errorTexts['zh-CN'].code[code].what).toMatch(/\p{Script=Han}/u);
    expect(errorTexts.en.code[code].what).not.toMatch(/\p{Script=Han}/u);
  });

  it('[CONSOLE-27] what is no expected failure is a bug', () => {
    expect(toProblem(new TypeError('oops'))).toEqual({ code: 'internal' });
    expect(toProblem(new AssistError('rate-limited', 'test', { retryAfterMs: 5 }))).toEqual({
      code: 'rate-limited',
      retryAfterMs: 5,
    });
  });

  it('[CONSOLE-30] the number to quote is the server’s where there is one', () => {
    expect(incidentOf(new AssistError('internal', 'test', { incident: 'abc-1' }), () => 'x')).toBe('abc-1');
    expect(incidentOf(new Error('oops'), () => '12345678-9abc')).toBe('ui-12345678');
  });
});
