import type { WaitingCallView } from '@bangban/protocol';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { formatDuration } from '../ui/duration.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useReadable } from '../ui/use-readable.ts';
import { useServerNow } from '../ui/use-server-now.ts';
import './queue.css';
import type { WaitingListController } from './waiting-list.ts';

/** Nobody reads further, and a list of thousands would cost the call on the same PC its frames. */
const MOST_ROWS = 100;

/** The calls that wait, in the order in which they will be answered. */
export function WaitingCalls({ waiting, clock }: { waiting: WaitingListController; clock: ServerClock }) {
  const { t } = useTranslation();
  const { feed, calls } = useReadable(waiting);
  const now = useServerNow(clock, 1_000);
  const shown = calls.slice(0, MOST_ROWS);
  const isOld = feed.state === 'catching-up' || feed.state === 'failed';
  return (
    <section className="waiting card">
      <header className="card-head">
        <h2 id="waiting-title">{t('queue.waitingTitle')}</h2>
        <span className="chip plain accent figures">{t('queue.waitingCount', { count: calls.length })}</span>
        {isOld && (
          <span className="chip warn card-side" role="status">
            {t('queue.waitingOld')}
          </span>
        )}
      </header>
      {calls.length > 0 && (
        <div className="waiting-row waiting-columns" aria-hidden="true">
          <span>{t('queue.column.position')}</span>
          <span>{t('queue.column.service')}</span>
          <span>{t('queue.column.kiosk')}</span>
          <span>{t('queue.column.language')}</span>
          <span />
          <span className="waiting-waited">{t('queue.column.waited')}</span>
        </div>
      )}
      <ul className="waiting-list" aria-labelledby="waiting-title">
        {shown.map((call) => (
          <WaitingRow key={call.callId} call={call} now={now} />
        ))}
      </ul>
      {calls.length > shown.length && (
        <p className="waiting-more">{t('queue.waitingMore', { count: calls.length - shown.length })}</p>
      )}
      {calls.length === 0 && (
        <p className="waiting-empty">{t(feed.state === 'loading' ? 'queue.waitingLoading' : 'queue.waitingEmpty')}</p>
      )}
    </section>
  );
}

/** From here on a wait is long for somebody who stands. */
const LONG_WAIT_MS = 180_000;

function WaitingRow({ call, now }: { call: WaitingCallView; now: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const waitedMs = now - call.requestedAt;
  return (
    <li className={`waiting-row ${call.ringing ? 'ringing' : ''}`}>
      <span className="waiting-position figures">
        <span className="unseen">{t('queue.position', { position: call.position })}</span>
        <span aria-hidden="true">{call.position}</span>
      </span>
      <span className="waiting-two">
        <strong>{call.service.name[language]}</strong>
        <span className="soft">{call.service.department[language]}</span>
      </span>
      <span className="waiting-two">
        <span>{call.kiosk.name}</span>
        <span className="soft">
          {call.kiosk.site} · {call.kiosk.region}
        </span>
      </span>
      <span className="soft">{t(`queue.language.${call.language}`)}</span>
      <span className="waiting-marks">
        {call.ringing && <span className="chip accent">{t('queue.ringing')}</span>}
        {!call.kioskPresent && <span className="chip warn">{t('queue.kioskAway')}</span>}
        {call.priority > 0 && <span className="chip plain warn">{t('queue.priority')}</span>}
      </span>
      <span className={`waiting-waited figures ${waitedMs >= LONG_WAIT_MS ? 'long' : ''}`}>
        <span className="unseen">{t('queue.waited', { duration: formatDuration(waitedMs) })}</span>
        <span aria-hidden="true">{formatDuration(waitedMs)}</span>
      </span>
    </li>
  );
}
