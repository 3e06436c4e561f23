import { type ChosenAwayReason, chosenAwayReasons, deskAwayReasons } from '@bangban/protocol/plain';
import { Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { Elapsed } from '../ui/elapsed.tsx';
import { useReadable } from '../ui/use-readable.ts';
import { type AvailabilityController, isOnDuty } from './availability.ts';
import './queue.css';

/** The switch that an agent uses most, with the reason beside it while away. */
export function AvailabilityControl(props: {
  availability: AvailabilityController;
  clock: ServerClock;
  connected: boolean;
}) {
  const { t } = useTranslation();
  const { availability, clock, connected } = props;
  const { agent, asked } = useReadable(availability);
  if (agent === null) return null;
  const own = agent.availability;
  const isShownOn = asked === null ? isOnDuty(agent) : asked.state === 'available';
  // A call has to be finished first; the desk decides what comes after it.
  const isFree = own.state === 'available' || own.state === 'away';
  const chosen = asked?.state === 'away' ? asked.reason : own.state === 'away' ? own.reason : null;
  const isChosen = chosen !== null && !deskAwayReasons.some((reason) => reason === chosen);
  return (
    <div className="availability">
      <span className="availability-label" aria-hidden="true">
        {t('queue.available')}
      </span>
      <Switch
        aria-label={t('queue.available')}
        checked={isShownOn}
        loading={asked !== null}
        disabled={!connected || !isFree}
        onChange={(on) => void availability.choose(on ? { state: 'available' } : { state: 'away', reason: 'break' })}
      />
      <span className={`chip ${toneOf[own.state]}`}>
        {t(`queue.state.${own.state}`)}
        {own.state !== 'offline' && <Elapsed clock={clock} since={own.since} />}
      </span>
      {isFree && (
        <Select<ChosenAwayReason>
          aria-label={t('queue.chooseReason')}
          className="availability-reason"
          value={isChosen ? (chosen as ChosenAwayReason) : null}
          placeholder={t('queue.chooseReason')}
          disabled={!connected || asked !== null}
          // Beside the field instead of at the end of the page, where no landmark contains it.
          getPopupContainer={(field) => field.parentElement ?? field}
          onChange={(reason) => void availability.choose({ state: 'away', reason })}
          options={chosenAwayReasons.map((reason) => ({ value: reason, label: t(`queue.awayReason.${reason}`) }))}
        />
      )}
    </div>
  );
}

const toneOf = {
  offline: '',
  away: 'warn',
  available: 'good',
  offered: 'accent',
  busy: 'accent',
  'wrapping-up': 'accent',
} as const;
