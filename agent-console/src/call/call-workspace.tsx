import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { formatDuration } from '../ui/duration.ts';
import { Elapsed } from '../ui/elapsed.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useReadable } from '../ui/use-readable.ts';
import type { AgentPlace } from '../workplace.ts';
import { CallBar } from './call-bar.tsx';
import type { TalkView } from './resident-picture.ts';
import { ResidentView } from './resident-view.tsx';
import { useCallMedia } from './use-call-media.ts';

/** The call: the resident large, what is said about it above, the controls below. */
export function CallWorkspace(props: { call: TalkView; place: AgentPlace; clock: ServerClock; connected: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { call, place, clock, connected } = props;
  const { agentCall, media, mediaLink, devices } = place;
  const { pending, answeredAt } = useReadable(agentCall);
  const { camera } = useReadable(devices);
  const section = useRef<HTMLElement | null>(null);
  useEffect(() => {
    // The button that answered is gone: keyboard and screen reader go on here instead of at the top of the page.
    if (document.activeElement === document.body) section.current?.focus();
  }, []);
  // From the click on, before the desk has answered.
  const state = call.state === 'offered' ? 'connecting' : call.state;
  return (
    <section ref={section} tabIndex={-1} className="workspace card" aria-label={t('call.workspace')}>
      <header className="workspace-head">
        <h2>{call.kiosk.name}</h2>
        <span className="soft">{call.service.name[language]}</span>
        <div className="workspace-side">
          <MediaChip place={place} />
          <span className={`chip ${call.state === 'held' ? 'warn' : 'accent'}`} role="status">
            {t(`call.state.${state}`)}
          </span>
          <span className="workspace-timer figures" role="timer" aria-label={t('call.timer')}>
            {answeredAt === null ? formatDuration(0) : <Elapsed clock={clock} since={answeredAt} />}
          </span>
        </div>
      </header>
      <ResidentView call={call} media={media} />
      <CallBar
        state={state}
        pending={pending}
        connected={connected}
        mediaLink={mediaLink}
        hasCamera={camera.state === 'open'}
        onCommand={(name) => void agentCall.command(name)}
      />
    </section>
  );
}

/** How the media is, in two words; only trouble has a colour. */
function MediaChip({ place }: { place: AgentPlace }) {
  const { t } = useTranslation();
  const { state } = useCallMedia(place.media);
  const word = state.state === 'ready' ? state.flow : state.state;
  const tone = word === 'failed' ? 'bad' : word === 'recovering' ? 'warn' : word === 'open' ? 'good' : '';
  return <span className={`chip ${tone}`}>{t(`call.media.${word}`)}</span>;
}
