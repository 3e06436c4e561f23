import type { WaitEstimate } from '@bangban/protocol';
import type { Failure } from '../../call/failure.ts';
import type { DeviceName, DeviceProblem } from '../../media/devices.ts';

/** What to do about a failure: the button that the screen offers besides closing. */
export type FailureText = { title: string; advice: string };

/** All words of the widget. One object per language; a missing one does not compile. */
export type Texts = {
  help: string;
  agree: string;
  cancel: string;
  close: string;
  tryAgain: string;
  reload: string;
  consent: { title: string; lead: string; points: readonly string[]; foot: string };
  found: { title: string; lead: string; back: string; end: string };
  opening: { title: string; lead: string };
  noDevices: { title: string; lead: string; callAnyway: string };
  problem: Record<DeviceName, Record<DeviceProblem, string>>;
  resuming: { title: string; lead: string };
  requesting: { title: string; lead: string };
  queue: {
    /** Name of the status region. */
    name: string;
    title: string;
    position(position: number): string;
    ahead(count: number): string;
    /** Between who is before and how long it takes. */
    comma: string;
    estimate(estimate: WaitEstimate): string;
    ringing: string;
    ringingLead: string;
    returned: string;
    next: string;
    notSent: string;
    preview: string;
  };
  call: {
    agent(displayName: string, number: string): string;
    connecting: string;
    held: string;
    heldLead: string;
    agentAway: string;
    noPicture: string;
    agentMuted: string;
    agentPicture: string;
    ownPicture: string;
    ownPictureOff: string;
    mute: string;
    unmute: string;
    cameraOff: string;
    cameraOn: string;
    end: string;
    turnSoundOn: string;
    interrupted: string;
    mutedNotice: string;
  };
  link: { down: string; downLong: string };
  thanks: { title: string; lead: string; done: string; closing(seconds: number): string };
  failure: Record<Failure, FailureText>;
};

/** Whole minutes of a waiting range, or what to say instead of one. */
export type WaitMinutes =
  | { kind: 'under-one' }
  | { kind: 'over-an-hour' }
  | { kind: 'range'; low: number; high: number };

/** Rounds away from promises: the low end down, the high end up; at least one minute. */
export function waitMinutes(lowSeconds: number, highSeconds: number): WaitMinutes {
  if (highSeconds < 60) return { kind: 'under-one' };
  if (lowSeconds >= 3_600) return { kind: 'over-an-hour' };
  return { kind: 'range', low: Math.max(1, Math.floor(lowSeconds / 60)), high: Math.ceil(highSeconds / 60) };
}
