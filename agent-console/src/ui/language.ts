import type { Language } from '@bangban/protocol';

const STORAGE_KEY = 'bangban-console-language';

const isLanguage = (value: unknown): value is Language => value === 'zh-CN' || value === 'en';

/** `?lang=` wins, then what was chosen here before, then Chinese. */
export function chooseLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  return isLanguage(remembered) ? remembered : 'zh-CN';
}

/** The language of this page at its start. */
export function initialLanguage(): Language {
  return chooseLanguage(location.search, localStorage.getItem(STORAGE_KEY));
}

/** Keeps the choice for the next visit, and out of the way of an older `?lang=`. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
  const url = new URL(location.href);
  if (url.searchParams.has('lang')) {
    url.searchParams.set('lang', language);
    history.replaceState(null, '', url);
  }
}
