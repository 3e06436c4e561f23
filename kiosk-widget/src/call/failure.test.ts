import { AssistError, errorCodes, kioskEndReasons, sessionEndReasons } from '@bangban/protocol/plain';
import { describe, expect, it } from 'vitest';
import { textsIn } from '../ui/texts/texts-in.ts';
import { failureOf, failureOfRefusal, failureOfSession, outcomeOf } from './failure.ts';

describe('failures', () => {
  const words = (['zh-CN', 'en'] as const).map((language) => textsIn(language).failure);

  it.each(errorCodes)('[WIDGET-33] has words for %s', (code) => {
    const failure = failureOf(new AssistError(code, 'in the test'));
    expect(failure).toBe(failureOfRefusal(code));
    for (const texts of words) expect(texts[failure].advice).not.toBe('');
  });

  it.each(sessionEndReasons)('[WIDGET-33] has words for a session that ended: %s', (reason) => {
    for (const texts of words) expect(texts[failureOfSession(reason)].title).not.toBe('');
  });

  it.each(kioskEndReasons)('[WIDGET-33] has an outcome for a call that ended: %s', (reason) => {
    const outcome = outcomeOf(reason);
    if (outcome === 'idle' || outcome === 'thanks') return;
    for (const texts of words) expect(texts[outcome].title).not.toBe('');
  });

  it('[WIDGET-33] takes what is no refusal for a fault of its own', () => {
    expect(failureOf(new TypeError('a bug'))).toBe('internal');
  });
});
