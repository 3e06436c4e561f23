import { useSyncExternalStore } from 'react';

/** Follows a media query of the operating system's settings. */
function followed(query: string): { subscribe(listener: () => void): () => void; matches(): boolean } {
  const wish = matchMedia(query);
  return {
    subscribe(listener) {
      wish.addEventListener('change', listener);
      return () => wish.removeEventListener('change', listener);
    },
    matches: () => wish.matches,
  };
}

const dark = followed('(prefers-color-scheme: dark)');
const still = followed('(prefers-reduced-motion: reduce)');

/** Whether the person's system is set to dark or light, live. */
export function useColorScheme(): 'light' | 'dark' {
  return useSyncExternalStore(dark.subscribe, dark.matches) ? 'dark' : 'light';
}

/** Whether the person's system asks for less motion, live. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(still.subscribe, still.matches);
}
