import type { ConnectionState } from '@bangban/signalling/client';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../ui/duration.ts';

/** The connection in one small mark: quiet while all is well. */
export function ConnectionStatus({ connection }: { connection: ConnectionState }) {
  const { t } = useTranslation();
  const { state } = connection;
  if (state === 'connected') return <span className="chip good">{t('connection.connected')}</span>;
  if (state === 'connecting') return <span className="chip">{t('connection.connecting')}</span>;
  return <span className="chip bad">{t('connection.reconnecting')}</span>;
}

/** Says what the loss of the connection means, and what goes on without it. */
export function ConnectionBanner({ connection, inCall }: { connection: ConnectionState; inCall: boolean }) {
  const { t } = useTranslation();
  if (connection.state === 'refused') {
    return (
      <Alert
        banner
        type="warning"
        role="alert"
        title={t('connection.refusedRetrying')}
        description={t(`error.code.${connection.code}.what`)}
      />
    );
  }
  if (connection.state !== 'reconnecting') return null;
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={t(inCall ? 'connection.reconnectingCall' : 'connection.reconnectingIdle')}
      action={<LostFor sinceMs={connection.sinceMs} />}
    />
  );
}

function LostFor({ sinceMs }: { sinceMs: number }) {
  const { t } = useTranslation();
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  // Outside the alert's announcement: a screen reader would read every second.
  return (
    <span className="figures" aria-hidden="true">
      {t('connection.reconnectingSince', { duration: formatDuration(nowMs - sinceMs) })}
    </span>
  );
}
