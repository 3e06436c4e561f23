import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { watchLevel } from './audio-level.ts';

/** A bar that moves with the agent's voice. Drawn past React: it changes a dozen times a second. */
export function LevelMeter({ track, muted }: { track: MediaStreamTrack; muted: boolean }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLSpanElement | null>(null);
  useEffect(() => watchLevel(track, (level) => bar.current?.style.setProperty('--level', String(level))), [track]);
  return (
    <span className={`meter ${muted ? 'muted' : ''}`} role="img" aria-label={t('call.level')}>
      <span ref={bar} className="meter-bar" />
    </span>
  );
}
