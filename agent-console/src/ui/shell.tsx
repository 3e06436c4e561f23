import type { StaffView } from '@bangban/protocol';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import { usePageTitle } from './use-page-title.ts';

/** The frame around every page of somebody who is signed in. */
export function Shell(props: {
  page: string;
  staff: StaffView;
  /** In the middle of the bar: what matters all day. */
  tools?: ReactNode;
  status: ReactNode;
  banner: ReactNode;
  onSignOut(): void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { page, staff, tools, status, banner, onSignOut, children } = props;
  usePageTitle(t('ui.pageTitle', { page }));
  return (
    <div className="shell">
      <header className="shell-bar">
        <Mark />
        <span className="shell-product">{t('ui.product')}</span>
        <h1 className="shell-page">{page}</h1>
        <div className="shell-tools">{tools}</div>
        {status}
        <LanguageSwitch />
        <div className="shell-account">
          <span className="shell-name">{staff.displayName}</span>
          <span className="shell-role">
            {t(`ui.role.${staff.role}`)} · {t('ui.number', { number: staff.number })}
          </span>
        </div>
        <Button onClick={onSignOut}>{t('ui.signOut')}</Button>
      </header>
      {banner}
      <main className="shell-main">{children}</main>
    </div>
  );
}
