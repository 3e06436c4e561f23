import type { CallMediaState, RemoteMedia } from '@bangban/sfu/client';
import { describe, expect, it } from 'vitest';
import { activeCall, connectingCall, heldCall } from '../../test/views.ts';
import { type FrameFlow, residentPicture, residentSound, type TalkView } from './resident-picture.ts';

// Nothing looks into a track here.
const track = {} as MediaStreamTrack;
const nothing: RemoteMedia = { camera: null, microphone: null, screen: null };
const seen: RemoteMedia = { ...nothing, camera: { track, muted: false } };
const covered: RemoteMedia = { ...nothing, camera: { track, muted: true } };
const open: CallMediaState = { state: 'ready', epoch: 1, flow: 'open' };
const talk = (facts = {}) => activeCall('call-1', facts) as TalkView;

const rows: [string, { call?: TalkView; media?: CallMediaState; remote?: RemoteMedia; frames?: FrameFlow }, object][] =
  [
    ['frames that move', { remote: seen, frames: 'moving' }, { show: 'video' }],
    ['no frame yet', { remote: seen }, { show: 'reason', reason: 'connecting' }],
    ['no track yet', {}, { show: 'reason', reason: 'connecting' }],
    [
      'a kiosk without a camera',
      { call: talk({ residentDevices: { camera: false, microphone: true } }) },
      { show: 'reason', reason: 'no-camera' },
    ],
    ['a camera that is off', { remote: covered, frames: 'moving' }, { show: 'reason', reason: 'camera-off' }],
    ['frames that stopped', { remote: seen, frames: 'stalled' }, { show: 'video-with-reason', reason: 'stalled' }],
    [
      'media that recovers',
      { media: { state: 'recovering', epoch: 1, sinceMs: 0 }, remote: seen, frames: 'stalled' },
      { show: 'video-with-reason', reason: 'recovering' },
    ],
    [
      'media that recovers before any frame',
      { media: { state: 'recovering', epoch: 1, sinceMs: 0 } },
      { show: 'reason', reason: 'recovering' },
    ],
    [
      'media that failed',
      { media: { state: 'failed', epoch: 1, code: 'media-unavailable' }, remote: seen, frames: 'moving' },
      { show: 'failed', code: 'media-unavailable' },
    ],
    [
      'hold',
      { call: heldCall() as TalkView, remote: seen, frames: 'moving' },
      { show: 'video-with-reason', reason: 'held' },
    ],
    [
      'an absent kiosk whose picture goes on',
      { call: talk({ kioskPresent: false }), remote: seen, frames: 'moving' },
      { show: 'video' },
    ],
    [
      'an absent kiosk whose picture stopped',
      { call: talk({ kioskPresent: false }), remote: seen, frames: 'stalled' },
      { show: 'video-with-reason', reason: 'kiosk-absent' },
    ],
    [
      'an absent kiosk before any frame',
      { call: connectingCall('call-1', { kioskPresent: false }) as TalkView },
      { show: 'reason', reason: 'kiosk-absent' },
    ],
  ];

describe('resident picture (CONSOLE)', () => {
  it.each(rows)('[CONSOLE-21] %s', (_name, facts, expected) => {
    expect(residentPicture({ call: talk(), media: open, remote: nothing, frames: 'none-yet', ...facts })).toEqual(
      expected,
    );
  });

  it('[CONSOLE-21] what is not heard has a reason too', () => {
    const microphone = (muted: boolean): RemoteMedia => ({ ...nothing, microphone: { track, muted } });
    expect(residentSound({ call: talk(), remote: microphone(false) })).toBe('heard');
    expect(residentSound({ call: talk(), remote: microphone(true) })).toBe('muted');
    expect(residentSound({ call: talk(), remote: nothing })).toBe('connecting');
    const call = talk({ residentDevices: { camera: true, microphone: false } });
    expect(residentSound({ call, remote: nothing })).toBe('no-microphone');
  });
});
