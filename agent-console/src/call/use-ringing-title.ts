import { useEffect } from 'react';

const EVERY_MS = 900;

/** Alternates the title of the browser tab while it rings, so that it is seen from another tab. */
export function useRingingTitle(words: string): void {
  useEffect(() => {
    const before = document.title;
    let isOn = true;
    document.title = words;
    const timer = setInterval(() => {
      isOn = !isOn;
      document.title = isOn ? words : before;
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = before;
    };
  }, [words]);
}
