import type { FrameFlow } from './resident-picture.ts';

/** A camera sends at least five frames a second; this long without one is no hiccup. */
const STALL_MS = 2_500;

/**
 * Watches whether a video element gets new frames. Tells only changes. Returns the end of the watch.
 *
 * A hidden tab gets no frames by design of the browser, so nothing is concluded there.
 */
export function watchFrames(video: HTMLVideoElement, tell: (flow: FrameFlow) => void): () => void {
  let flow: FrameFlow = 'none-yet';
  let lastFrameAtMs = 0;
  let handle = 0;
  const become = (next: FrameFlow) => {
    if (next === flow) return;
    flow = next;
    tell(next);
  };
  const frame = () => {
    lastFrameAtMs = performance.now();
    become('moving');
    handle = video.requestVideoFrameCallback(frame);
  };
  const seen = () => {
    lastFrameAtMs = performance.now();
  };
  const timer = setInterval(() => {
    if (document.hidden || flow === 'none-yet') return;
    if (performance.now() - lastFrameAtMs > STALL_MS) become('stalled');
  }, 500);
  document.addEventListener('visibilitychange', seen);
  handle = video.requestVideoFrameCallback(frame);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    video.cancelVideoFrameCallback(handle);
  };
}
