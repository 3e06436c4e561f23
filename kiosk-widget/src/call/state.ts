import type { KioskCallView } from '@bangban/protocol';
import type { RemoteMedia } from '@bangban/sfu/client';
import type { DeviceReport } from '../media/devices.ts';
import type { Failure } from './failure.ts';

/*
 *          open            agree                                       answered
 *  idle ────────▶ consent ────────▶ opening-devices ──▶ requesting ──▶ waiting ⇄ talking ──▶ thanks
 *   ▲                │                     │                ▲                       │
 *   │                ▼                     └▶ no-devices ───┘ callAnyway            │
 *   │            found-call ─────────────────────────────────────▶ (waiting, talking)
 *   └── dismiss ── failed ◀── any state, with what the resident can do about it ◀───┘
 *
 *  A reload starts in `resuming` instead of `idle` when this tab has a call.
 */

/** How the connection to the server stands while a call goes on. `sinceMs` is `performance.now()`. */
export type Link = { state: 'up' } | { state: 'connecting' } | { state: 'down'; sinceMs: number };

/** What the resident has switched off towards the agent. */
export type Muted = { microphone: boolean; camera: boolean };

/** How sound and picture stand: `interrupted` is being joined, recovered or tried again, and comes by itself. */
export type MediaCondition = 'fine' | 'interrupted';

export type WaitingView = Extract<KioskCallView, { state: 'queued' }>;
export type TalkingView = Extract<KioskCallView, { state: 'connecting' | 'active' | 'held' }>;

/** True of every call that is neither closed nor only wished for. */
export type Ongoing = { link: Link; devices: DeviceReport; muted: Muted };

/** What the widget shows. Failure is a state like any other; the screens render this and recompute nothing. */
export type HelpState =
  | { at: 'idle' }
  /** The page was loaded anew in a call, and the server is asked for it. */
  | { at: 'resuming'; link: Link }
  | { at: 'consent' }
  /** The server knows a call of this kiosk that this tab did not begin: the resident says whose it is. */
  | { at: 'found-call' }
  | { at: 'opening-devices' }
  | { at: 'no-devices'; devices: DeviceReport }
  | { at: 'requesting'; link: Link; devices: DeviceReport }
  | (Ongoing & { at: 'waiting'; view: WaitingView })
  | (Ongoing & { at: 'talking'; view: TalkingView; remote: RemoteMedia; media: MediaCondition })
  | { at: 'thanks' }
  | { at: 'failed'; failure: Failure };

export type HelpStateAt<At extends HelpState['at']> = Extract<HelpState, { at: At }>;
