import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { useServerNow } from '../ui/use-server-now.ts';

const RADIUS = 44;
const LENGTH = 2 * Math.PI * RADIUS;

/** How long the offer still rings, on the server's time. */
export function CountdownRing(props: { clock: ServerClock; fromMs: number; toMs: number }) {
  const { t } = useTranslation();
  const now = useServerNow(props.clock, 100);
  const leftMs = Math.max(0, props.toMs - now);
  const share = Math.min(1, leftMs / Math.max(1, props.toMs - props.fromMs));
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <div className="countdown" role="timer" aria-label={t('call.secondsLeft', { seconds })}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="countdown-track" cx="50" cy="50" r={RADIUS} />
        <circle
          className="countdown-left"
          cx="50"
          cy="50"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - share)}
        />
      </svg>
      <span className="figures" aria-hidden="true">
        {seconds}
      </span>
    </div>
  );
}
