import type { Language } from '@bangban/protocol';
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { adminTexts } from '../admin/texts.ts';
import { callTexts } from '../call/texts.ts';
import { connectionTexts } from '../connection/texts.ts';
import { errorTexts } from '../errors/texts.ts';
import { floorTexts } from '../floor/texts.ts';
import { queueTexts } from '../queue/texts.ts';
import { uiTexts } from './texts.ts';

const wordsIn = (language: Language) => ({
  admin: adminTexts[language],
  call: callTexts[language],
  connection: connectionTexts[language],
  error: errorTexts[language],
  floor: floorTexts[language],
  queue: queueTexts[language],
  ui: uiTexts[language],
});

/** All words, by feature. */
const resources = {
  'zh-CN': { translation: wordsIn('zh-CN') },
  en: { translation: wordsIn('en') },
};

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: (typeof resources)['zh-CN'];
  }
}

/** The words in one language; changing the language renders everything anew. */
export function createWords(language: Language): i18n {
  const words = i18next.createInstance();
  // Everything is in memory, so the initialisation is over when this returns.
  void words.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: false,
    initAsync: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  return words;
}
