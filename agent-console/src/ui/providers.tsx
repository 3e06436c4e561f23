import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { i18n } from 'i18next';
import { type ReactNode, useLayoutEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import './ui.css';
import { darkPalette, lightPalette, toCustomProperties } from './palette.ts';
import { antdTheme } from './theme.ts';
import { useLanguage } from './use-language.ts';
import { useColorScheme, useReducedMotion } from './use-system-wish.ts';

/** Words, colours and antd's settings for everything inside. */
export function Providers({ words, children }: { words: i18n; children: ReactNode }) {
  return (
    <I18nextProvider i18n={words}>
      <Look>{children}</Look>
    </I18nextProvider>
  );
}

function Look({ children }: { children: ReactNode }) {
  const scheme = useColorScheme();
  const isStill = useReducedMotion();
  const language = useLanguage();
  const palette = scheme === 'dark' ? darkPalette : lightPalette;
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.style.colorScheme = scheme;
    for (const [name, value] of Object.entries(toCustomProperties(palette))) root.style.setProperty(name, value);
  }, [palette, scheme, language]);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={antdTheme({ palette, scheme, motion: !isStill })}
      // A space between two Chinese characters would change the name of the button for screen readers.
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}
