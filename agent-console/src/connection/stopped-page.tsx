import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StoppedReason } from '../console.ts';
import { usePageTitle } from '../ui/use-page-title.ts';

/** Signed in, but this tab has no connection and will not get one by itself: why, and the way out. */
export function StoppedPage(props: { why: StoppedReason; onResume(): void; onSignOut(): void }) {
  const { t } = useTranslation();
  const { why, onResume, onSignOut } = props;
  const needsReload =
    why.by === 'refusal'
      ? why.code === 'protocol-too-old' || why.code === 'protocol-too-new'
      : why.reason === 'flooding';
  const title = why.by === 'refusal' ? t(`error.code.${why.code}.what`) : t(`connection.stopped.${why.reason}`);
  const act = why.by === 'refusal' ? t(`error.code.${why.code}.act`) : t(`connection.stopped.${why.reason}Act`);
  const resume = why.by === 'refusal' ? t('connection.stopped.tryAgain') : t('connection.stopped.useHere');
  usePageTitle(t('ui.pageTitle', { page: title }));
  return (
    <main className="middle-page">
      <Result
        className="stopped"
        status={why.by === 'refusal' ? 'warning' : 'info'}
        title={<h1>{title}</h1>}
        subTitle={act}
        extra={
          <>
            <Button type="primary" size="large" autoFocus onClick={needsReload ? () => location.reload() : onResume}>
              {needsReload ? t('connection.stopped.reload') : resume}
            </Button>
            <Button size="large" onClick={onSignOut}>
              {t('connection.stopped.signOut')}
            </Button>
          </>
        }
      />
    </main>
  );
}
