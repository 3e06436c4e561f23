import type { CallMedia, CallMediaState, RemoteMedia } from '@bangban/sfu/client';
import { useEffect, useState } from 'react';

/** What call media is doing and receiving. */
export function useCallMedia(media: CallMedia): { state: CallMediaState; remote: RemoteMedia } {
  const [now, setNow] = useState(() => ({ state: media.state(), remote: media.remote() }));
  useEffect(() => {
    const read = () => setNow({ state: media.state(), remote: media.remote() });
    read();
    return media.subscribe(read);
  }, [media]);
  return now;
}
