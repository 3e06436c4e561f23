import type { AgentCallView } from '@bangban/protocol';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { formatDuration } from '../ui/duration.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useServerNow } from '../ui/use-server-now.ts';
import type { CallCommand } from './agent-call.ts';
import { CountdownRing } from './countdown-ring.tsx';
import './offer.css';
import { useRingingTitle } from './use-ringing-title.ts';

/** A call that rings: who, where, what, how long, and two buttons that cannot be confused. */
export function OfferPanel(props: {
  call: Extract<AgentCallView, { state: 'offered' }>;
  pending: CallCommand | null;
  clock: ServerClock;
  connected: boolean;
  onAnswer(): void;
  onDecline(): void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { call, pending, clock, connected, onAnswer, onDecline } = props;
  const { service, kiosk } = call;
  const now = useServerNow(clock);
  const answerButton = useRef<HTMLButtonElement | null>(null);
  const isFree = pending === null && connected;
  useRingingTitle(t('call.titleFlash', { kiosk: kiosk.name }));
  useHotkeys(isFree ? { F2: onAnswer, F4: onDecline } : {});
  useEffect(() => {
    // Whoever is typing somewhere keeps the focus: their next space must not answer.
    const held = document.activeElement;
    const isTyping = held instanceof HTMLInputElement || held instanceof HTMLTextAreaElement;
    if (!isTyping) answerButton.current?.focus();
  }, []);
  return (
    <section className="offer" aria-labelledby="offer-title">
      <div className="offer-what">
        <p className="offer-kicker" role="alert">
          <span className="offer-bell" aria-hidden="true" />
          {t('call.offerTitle')}
          <span className="unseen">
            {service.name[language]}, {kiosk.name}
          </span>
        </p>
        <h2 id="offer-title">{service.name[language]}</h2>
        <p className="offer-department">{service.department[language]}</p>
        <dl className="offer-facts">
          <div>
            <dt>{t('call.fact.kiosk')}</dt>
            <dd>{kiosk.name}</dd>
          </div>
          <div>
            <dt>{t('call.fact.site')}</dt>
            <dd>
              {kiosk.site} · {kiosk.region}
            </dd>
          </div>
          <div>
            <dt>{t('call.fact.language')}</dt>
            <dd>{t(`queue.language.${call.language}`)}</dd>
          </div>
          <div>
            <dt>{t('call.fact.waited')}</dt>
            <dd className="figures">{formatDuration(now - call.requestedAt)}</dd>
          </div>
        </dl>
        {!call.residentDevices.camera && <p className="offer-note">{t('call.picture.no-camera.what')}</p>}
        {!call.residentDevices.microphone && <p className="offer-note">{t('call.sound.no-microphone')}</p>}
      </div>
      <div className="offer-side">
        <CountdownRing clock={clock} fromMs={call.offeredAt} toMs={call.expiresAt} />
        <button
          ref={answerButton}
          type="button"
          className="offer-button answer"
          aria-keyshortcuts="F2"
          disabled={!isFree}
          onClick={onAnswer}
        >
          {t('call.answer')}
          <KeyHint name="F2" />
        </button>
        <button
          type="button"
          className="offer-button decline"
          aria-keyshortcuts="F4"
          disabled={!isFree}
          onClick={onDecline}
        >
          {t('call.decline')}
          <KeyHint name="F4" />
        </button>
      </div>
    </section>
  );
}
