import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Problem } from './problem.ts';

/** What went wrong, what to do, and for bugs the incident number. */
export function ProblemAlert(props: { problem: Problem; onRetry?: () => void; onDismiss?: () => void }) {
  const { t } = useTranslation();
  const { problem, onRetry, onDismiss } = props;
  const { code, incident, retryAfterMs } = problem;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(`error.code.${code}.what`)}
      description={
        <>
          {retryAfterMs === undefined
            ? t(`error.code.${code}.act`)
            : t('error.waitSeconds', { seconds: Math.ceil(retryAfterMs / 1_000) })}
          {incident !== undefined && (
            <div>
              {t('error.incident')} <code>{incident}</code>
            </div>
          )}
        </>
      }
      action={
        <>
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('error.retry')}
            </Button>
          )}
          {onDismiss && (
            <Button size="small" onClick={onDismiss}>
              {t('error.dismiss')}
            </Button>
          )}
        </>
      }
    />
  );
}
