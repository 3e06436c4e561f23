import type { EventMap, KioskCallView, KioskEvents } from '@bangban/protocol';
import type { MediaTarget } from '@bangban/sfu/client';

/** What is known of this kiosk's call: the newest view, or that there is none. */
export type KnownCall = KioskCallView | null;
export type QueueMoved = Parameters<EventMap<KioskEvents>['queue:moved']>[0];

/** What to do with a message about the call. */
export type Verdict = { take: KioskCallView } | 'ignore' | 'ask-snapshot';

/**
 * A full view replaces what is held unless it is older, or of a call that is not held. Versions grow by call, so a view of
 * another call says nothing about this one.
 */
export function judgeView(held: KnownCall, incoming: KioskCallView): Verdict {
  if (held === null || held.callId !== incoming.callId) return 'ignore';
  return incoming.version >= held.version ? { take: incoming } : 'ignore';
}

/** Waiting figures belong to one version of the view: on a newer one something was missed in between. */
export function judgeMoved(held: KnownCall, moved: QueueMoved): Verdict {
  if (held === null || held.callId !== moved.callId || moved.version < held.version) return 'ignore';
  if (moved.version > held.version || held.state !== 'queued') return 'ask-snapshot';
  return { take: { ...held, position: moved.position, estimate: moved.estimate } };
}

/** The room that the view asks this side to be in. */
export function mediaTargetOf(view: KnownCall): MediaTarget | null {
  if (view === null || view.state === 'closed' || view.media === null) return null;
  const flow = view.state === 'queued' ? 'prepared' : view.state === 'held' ? 'held' : 'open';
  return { callId: view.callId, epoch: view.media.epoch, flow };
}
