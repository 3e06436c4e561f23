import type { Language } from '@bangban/protocol';
import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { zhCn } from './zh-cn.ts';

/**
 * The version of the words under `consent` in both languages. It is raised with every change of their meaning, together
 * with the version that the server holds in force.
 */
export const CONSENT_VERSION = '2026-11';

/** The words in a language. */
export function textsIn(language: Language): Texts {
  return language === 'en' ? en : zhCn;
}
