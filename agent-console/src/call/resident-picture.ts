import type { AgentCallView } from '@bangban/protocol';
import type { ErrorCode } from '@bangban/protocol/plain';
import type { CallMediaState, RemoteMedia } from '@bangban/sfu/client';

/** Whether frames of the resident's camera arrive, as the video element sees it. */
export type FrameFlow = 'none-yet' | 'moving' | 'stalled';

/** What the agent sees where the resident should be. The picture is never black without a reason. */
export type ResidentPicture =
  | { show: 'video' }
  /** The last frame stays, dimmed, with the reason over it. */
  | { show: 'video-with-reason'; reason: 'stalled' | 'kiosk-absent' | 'recovering' | 'held' }
  | { show: 'reason'; reason: 'connecting' | 'no-camera' | 'camera-off' | 'kiosk-absent' | 'recovering' | 'held' }
  | { show: 'failed'; code: ErrorCode };

/** A call in which the two talk, or are about to: an offered one too, from the click on Answer on. */
export type TalkView = Extract<AgentCallView, { state: 'offered' | 'connecting' | 'active' | 'held' }>;

/** Decides it from what is known; the first reason that explains most is taken. */
export function residentPicture(facts: {
  call: TalkView;
  media: CallMediaState;
  remote: RemoteMedia;
  frames: FrameFlow;
}): ResidentPicture {
  const { call, media, remote, frames } = facts;
  const hadFrames = remote.camera !== null && !remote.camera.muted && frames !== 'none-yet';
  const because = (reason: 'kiosk-absent' | 'recovering' | 'held'): ResidentPicture =>
    hadFrames ? { show: 'video-with-reason', reason } : { show: 'reason', reason };

  if (media.state === 'failed') return { show: 'failed', code: media.code };
  if (call.state === 'held') return because('held');
  if (!call.kioskPresent && frames !== 'moving') return because('kiosk-absent');
  if (media.state === 'recovering') return because('recovering');
  if (!call.residentDevices.camera && remote.camera === null) return { show: 'reason', reason: 'no-camera' };
  if (remote.camera === null) return { show: 'reason', reason: 'connecting' };
  if (remote.camera.muted) return { show: 'reason', reason: 'camera-off' };
  if (frames === 'none-yet') return { show: 'reason', reason: 'connecting' };
  return frames === 'stalled' ? { show: 'video-with-reason', reason: 'stalled' } : { show: 'video' };
}

/** What the agent hears of the resident. */
export type ResidentSound = 'heard' | 'muted' | 'no-microphone' | 'connecting';

export function residentSound({ call, remote }: { call: TalkView; remote: RemoteMedia }): ResidentSound {
  if (remote.microphone !== null) return remote.microphone.muted ? 'muted' : 'heard';
  return call.residentDevices.microphone ? 'connecting' : 'no-microphone';
}
