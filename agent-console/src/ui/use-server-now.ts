import { useEffect, useReducer } from 'react';
import type { ServerClock } from '../connection/server-clock.ts';

/** The server's time, renewed so often that a clock on the screen is right. */
export function useServerNow(clock: ServerClock, everyMs = 500): number {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  // Read at every render: one that a message caused must not show the time of the tick before it.
  return clock.now();
}
