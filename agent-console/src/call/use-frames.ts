import { type RefObject, useEffect, useState } from 'react';
import { watchFrames } from './frame-watch.ts';
import type { FrameFlow } from './resident-picture.ts';

/** Shows a track in a video element and tells whether its frames arrive. */
export function useFrames(video: RefObject<HTMLVideoElement | null>, track: MediaStreamTrack | null): FrameFlow {
  const [flow, setFlow] = useState<FrameFlow>('none-yet');
  useEffect(() => {
    const element = video.current;
    setFlow('none-yet');
    if (element === null || track === null) return;
    element.srcObject = new MediaStream([track]);
    const stop = watchFrames(element, setFlow);
    return () => {
      stop();
      element.srcObject = null;
    };
  }, [video, track]);
  return flow;
}
