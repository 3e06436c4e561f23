import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** The current value of a controller's state; the component renders again when it changes. */
export function useReadable<State>(readable: Readable<State>): State {
  return useSyncExternalStore(readable.subscribe, readable.get);
}
