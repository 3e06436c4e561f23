import type { AgentCallView } from '@bangban/protocol';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../ui/duration.ts';
import { useLanguage } from '../ui/use-language.ts';

/** What the system knows about the call, so that nobody has to be asked for it. */
export function CallFacts({ call, answeredAt }: { call: AgentCallView; answeredAt: number | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { service, kiosk } = call;
  const clockTime = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return (
    <section className="facts card" aria-labelledby="facts-title">
      <header className="card-head">
        <h2 id="facts-title">{t('call.callFacts')}</h2>
        {call.priority > 0 && <span className="chip plain warn card-side">{t('queue.priority')}</span>}
      </header>
      <div className="facts-body">
        <h3>{service.name[language]}</h3>
        <p className="soft">{service.department[language]}</p>
        <div className="facts-guide">
          <h4>{t('call.fact.guide')}</h4>
          <p>{service.guide[language]}</p>
        </div>
        <dl>
          <dt>{t('call.fact.kiosk')}</dt>
          <dd>{kiosk.name}</dd>
          <dt>{t('call.fact.site')}</dt>
          <dd>{kiosk.site}</dd>
          <dt>{t('call.fact.region')}</dt>
          <dd>{kiosk.region}</dd>
          <dt>{t('call.fact.language')}</dt>
          <dd>{t(`queue.language.${call.language}`)}</dd>
          <dt>{t('call.fact.requestedAt')}</dt>
          <dd className="figures">{clockTime.format(call.requestedAt)}</dd>
          {answeredAt !== null && (
            <>
              <dt>{t('call.fact.waited')}</dt>
              <dd className="figures">{formatDuration(answeredAt - call.requestedAt)}</dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
}
