/** Shows or plays one track at a time in a media element. */
export type Playback = {
  readonly element: HTMLMediaElement;
  /** Starts with the track, goes on with the same one, or (null) empties the element. */
  play(track: MediaStreamTrack | null): void;
  /** True while the browser wants a touch before it plays sound. */
  isBlocked(): boolean;
  /** To be called within a touch: tries again. */
  unblock(): void;
  /** Empties the element, so that nothing of the call can be seen in it again. */
  close(): void;
};

/** @param onChange runs when `isBlocked()` changes, and when the first picture of a track is there */
export function createPlayback(element: HTMLMediaElement, onChange: () => void): Playback {
  let shown: MediaStreamTrack | null = null;
  let blocked = false;

  const setBlocked = (value: boolean): void => {
    if (blocked === value) return;
    blocked = value;
    onChange();
  };

  const start = (): void => {
    element.play().then(
      () => setBlocked(false),
      (error: unknown) => {
        // AbortError: another track took its place meanwhile, and that one has its own start.
        if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked(true);
      },
    );
  };

  const empty = (): void => {
    element.pause();
    element.srcObject = null;
    element.removeAttribute('src');
  };

  return {
    element,
    play(track) {
      if (track === shown) return;
      shown = track;
      if (track === null) {
        empty();
        return setBlocked(false);
      }
      element.srcObject = new MediaStream([track]);
      start();
    },
    isBlocked: () => blocked,
    unblock: start,
    close() {
      shown = null;
      blocked = false;
      empty();
    },
  };
}
