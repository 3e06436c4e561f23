import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Plays a track. `blocked` when the browser refuses to play before a gesture (a page that was reloaded in a call);
 * `play` tries again from the agent's click.
 */
export function useSound(track: MediaStreamTrack | null): { blocked: boolean; play(): void } {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [blocked, setBlocked] = useState(false);
  const play = useCallback(() => {
    audio.current?.play().then(
      () => setBlocked(false),
      (thrown: unknown) => setBlocked(thrown instanceof DOMException && thrown.name === 'NotAllowedError'),
    );
  }, []);
  useEffect(() => {
    if (track === null) return;
    const element = new Audio();
    element.srcObject = new MediaStream([track]);
    audio.current = element;
    play();
    return () => {
      audio.current = null;
      element.srcObject = null;
      setBlocked(false);
    };
  }, [track, play]);
  return { blocked, play };
}
