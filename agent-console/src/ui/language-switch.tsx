import type { Language } from '@bangban/protocol';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { rememberLanguage } from './language.ts';

const names = { 'zh-CN': '中文', en: 'English' } as const;

/** Changes to the other language; it is named in its own words, for who cannot read the present one. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other: Language = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      lang={other}
      onClick={() => {
        rememberLanguage(other);
        void i18n.changeLanguage(other);
      }}
    >
      {names[other]}
    </Button>
  );
}
