import type { CallId } from '@bangban/protocol';
import type { Muted } from './state.ts';

/** What survives a page load: which call this tab is in, and what the resident had switched off. */
export type CallMark = { callId: CallId; muted: Muted };

/** Where the mark is kept. Reading never throws: a kiosk without storage has no mark. */
export type CallMarkStore = {
  read(): CallMark | null;
  write(mark: CallMark): void;
  clear(): void;
};

/** The loader knows this name too: with a mark it loads everything at once. */
const MARK_KEY = 'bangban.call';

/**
 * Keeps the mark in this tab's session storage, so that another tab or the next browser start knows nothing of it.
 *
 * @param storage may throw: where storage is forbidden, already naming it does
 */
export function createCallMarkStore(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): CallMarkStore {
  return {
    read() {
      try {
        return parseMark(storage().getItem(MARK_KEY));
      } catch {
        return null;
      }
    },
    write(mark) {
      try {
        storage().setItem(MARK_KEY, JSON.stringify(mark));
      } catch {
        // Storage is full or forbidden: the call goes on, only a reload will not find it.
      }
    },
    clear() {
      try {
        storage().removeItem(MARK_KEY);
      } catch {
        // Storage that cannot be written holds no mark either.
      }
    },
  };
}

function parseMark(text: string | null): CallMark | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('callId' in value) || typeof value.callId !== 'string')
    return null;
  const muted = 'muted' in value && typeof value.muted === 'object' ? (value.muted as Partial<Muted> | null) : null;
  return {
    // The text was written by this widget from a CallId; a forged one is refused by the server.
    callId: value.callId as CallId,
    muted: { microphone: muted?.microphone === true, camera: muted?.camera === true },
  };
}
