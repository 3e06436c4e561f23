import type { ServerClock } from '../connection/server-clock.ts';
import { formatDuration } from './duration.ts';
import { useServerNow } from './use-server-now.ts';

/** The time since a moment of the server's clock, running. A component of its own, so that nothing else renders with it. */
export function Elapsed({ clock, since }: { clock: ServerClock; since: number }) {
  return <span className="figures">{formatDuration(useServerNow(clock) - since)}</span>;
}
