import { createStore, type Readable } from '../ui/store.ts';

export type RingState = {
  /** `blocked`: the browser plays nothing before the agent has touched this page. */
  sound: 'ready' | 'blocked';
  ringing: boolean;
  /** 0 to 1. */
  volume: number;
};

/** The ringing of an offer. */
export type Ring = Readable<RingState> & {
  start(): void;
  stop(): void;
  /** Rings once, so that the agent hears how loud it is. */
  tryOut(): void;
  setVolume(volume: number): void;
  /** To be called in the agent's own gestures: only then may the browser begin to play. */
  unlock(): void;
  close(): void;
};

/** What makes the sound. */
export type Sounder = {
  /** False while the browser forbids sound: before the first gesture on a page. */
  allowed(): boolean;
  /** Whether it is ready to sound this very moment. */
  running(): boolean;
  /** Gets ready; resolves when that is allowed, which may be after a gesture only. */
  unlock(): Promise<boolean>;
  /** Plays one ring at this volume (0 to 1). */
  ring(volume: number): void;
  silence(): void;
  close(): void;
};

/** One ring every three seconds: urgent, and bearable sixty times a day. */
const RING_EVERY_MS = 3_000;

/** @param volume what the agent set last time, 0 to 1 */
export function createRing(parts: {
  sounder: Sounder;
  every(intervalMs: number, run: () => void): () => void;
  volume: number;
  saveVolume(volume: number): void;
}): Ring {
  const { sounder, every, saveVolume } = parts;
  const store = createStore<RingState>({
    sound: sounder.allowed() ? 'ready' : 'blocked',
    ringing: false,
    volume: parts.volume,
  });
  const show = (facts: Partial<RingState>) => store.set({ ...store.get(), ...facts });
  let cancel: (() => void) | null = null;
  const unlock = () => {
    if (store.get().sound === 'ready' && sounder.running()) return;
    void sounder.unlock().then((allowed) => show({ sound: allowed ? 'ready' : 'blocked' }));
  };
  const ringOnce = () => sounder.ring(store.get().volume);
  const stop = () => {
    cancel?.();
    cancel = null;
    sounder.silence();
    if (store.get().ringing) show({ ringing: false });
  };
  unlock();
  return {
    get: store.get,
    subscribe: store.subscribe,
    start() {
      if (cancel !== null) return;
      cancel = every(RING_EVERY_MS, ringOnce);
      show({ ringing: true });
      ringOnce();
    },
    stop,
    tryOut: ringOnce,
    setVolume(volume) {
      show({ volume });
      saveVolume(volume);
    },
    unlock,
    close() {
      stop();
      sounder.close();
    },
  };
}
