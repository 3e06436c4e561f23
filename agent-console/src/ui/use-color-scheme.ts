import { useSyncExternalStore } from 'react';

const darkWish = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  darkWish.addEventListener('change', listener);
  return () => darkWish.removeEventListener('change', listener);
}

/** What the operating system prefers, followed live. */
export function useColorScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () => (darkWish.matches ? 'dark' : 'light'));
}
