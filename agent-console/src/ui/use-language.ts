import type { Language } from '@bangban/protocol';
import { useTranslation } from 'react-i18next';

/** The language of the screen. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}
