import { PauseCircleFilled, PhoneFilled, WarningFilled } from '@ant-design/icons';
import type { AgentView } from '@bangban/protocol';
import type { AwayReason } from '@bangban/protocol/plain';
import { chosenAwayReasons } from '@bangban/protocol/plain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** What the agent's state means for them, and the way back when they are away. */
export function DutyCard({ agent, onAvailable }: { agent: AgentView; onAvailable: (() => void) | null }) {
  const { t } = useTranslation();
  const { availability } = agent;
  if (availability.state !== 'away') {
    return (
      <section className="duty card" role="status">
        <PhoneFilled className="duty-icon good" aria-hidden="true" />
        <div>
          <h2>{t('queue.ready')}</h2>
          <p className="soft">{t('queue.readyAct')}</p>
        </div>
      </section>
    );
  }
  const { reason } = availability;
  const words = isChosen(reason) ? 'chosen' : reason;
  const isTrouble = words !== 'chosen' && words !== 'signed-in';
  const Icon = isTrouble ? WarningFilled : PauseCircleFilled;
  return (
    <section className={`duty card ${isTrouble ? 'trouble' : ''}`} role="status">
      <Icon className={`duty-icon ${isTrouble ? 'warn' : ''}`} aria-hidden="true" />
      <div>
        <h2>{t(`queue.whyAway.${words}.what`, { reason: t(`queue.awayReason.${reason}`) })}</h2>
        <p className="soft">{t(`queue.whyAway.${words}.back`)}</p>
      </div>
      <Button type="primary" size="large" disabled={onAvailable === null} onClick={() => onAvailable?.()}>
        {t('queue.goAvailable')}
      </Button>
    </section>
  );
}

function isChosen(reason: AwayReason): reason is (typeof chosenAwayReasons)[number] {
  return chosenAwayReasons.some((one) => one === reason);
}
