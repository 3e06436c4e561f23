import { useEffect, useState } from 'react';
import type { ServerClock } from '../connection/server-clock.ts';

/** The server's time, renewed so often that a clock on the screen is right. */
export function useServerNow(clock: ServerClock, everyMs = 500): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    setNow(clock.now());
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
