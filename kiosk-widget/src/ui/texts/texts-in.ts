import type { Language } from '@bangban/protocol';
import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { zhCn } from './zh-cn.ts';

/** The words in a language. Whoever changes what `consent` promises raises CONSENT_VERSION in the protocol. */
export function textsIn(language: Language): Texts {
  return language === 'en' ? en : zhCn;
}
