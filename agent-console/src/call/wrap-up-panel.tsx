import { CheckCircleFilled } from '@ant-design/icons';
import type { AgentCallView } from '@bangban/protocol';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { formatDuration } from '../ui/duration.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useServerNow } from '../ui/use-server-now.ts';
import type { CallCommand } from './agent-call.ts';

/** After the call: how it ended, and the way to the next one. */
export function WrapUpPanel(props: {
  call: Extract<AgentCallView, { state: 'wrapping-up' }>;
  answeredAt: number | null;
  pending: CallCommand | null;
  clock: ServerClock;
  connected: boolean;
  onFinish(): void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { call, answeredAt, pending, clock, connected, onFinish } = props;
  const now = useServerNow(clock);
  return (
    <section className="wrap-up card" aria-labelledby="wrap-up-title">
      <CheckCircleFilled className="wrap-up-icon" aria-hidden="true" />
      <div className="wrap-up-what">
        <h2 id="wrap-up-title">{t('call.wrapUp')}</h2>
        <p className="wrap-up-reason" role="status">
          {t(`call.ended.${call.reason}`)}
        </p>
        <p className="soft">
          {call.service.name[language]} · {call.kiosk.name}
          {answeredAt !== null && (
            <>
              {' · '}
              {t('call.timer')} <span className="figures">{formatDuration(call.endedAt - answeredAt)}</span>
            </>
          )}
        </p>
        <p className="soft">{t('call.wrapUpLead')}</p>
      </div>
      <div className="wrap-up-side">
        <p className="figures soft" role="timer">
          {t('call.wrapUpLeft', { duration: formatDuration(call.endsAt - now) })}
        </p>
        <Button
          type="primary"
          size="large"
          autoFocus
          disabled={!connected}
          loading={pending === 'finish-wrap-up'}
          onClick={onFinish}
        >
          {t('call.finish')}
        </Button>
      </div>
    </section>
  );
}
