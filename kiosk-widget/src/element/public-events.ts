import type { HelpState } from '../call/state.ts';

/** How a call ended, as the host page may know it. */
export type EndedReason = 'finished' | 'cancelled' | 'failed';

/** The details of the events that `<bangban-help>` dispatches; all bubble and cross shadow boundaries. */
export type BangbanEvents = {
  /** The button is there. */
  'bangban:ready': Record<string, never>;
  /** The resident agreed, and the server is asked for a call. */
  'bangban:requested': { service: string };
  /** The call waits. Once per call. */
  'bangban:queued': { callId: string; position: number };
  /** An agent has answered. Once per call and agent. */
  'bangban:answered': { callId: string; agent: { displayName: string; number: string } };
  'bangban:ended': { callId: string; reason: EndedReason };
  /** Nothing of the resident is left in the widget: tracks stopped, media elements empty, storage marks removed. */
  'bangban:wiped': Record<string, never>;
};
export type BangbanEventName = keyof BangbanEvents;
export type BangbanEvent = {
  [Name in BangbanEventName]: { name: Name; detail: BangbanEvents[Name] };
}[BangbanEventName];

/** What the host page is told when the state goes from `before` to `after`. */
export function publicEventsOf(before: HelpState, after: HelpState, service: string): BangbanEvent[] {
  const events: BangbanEvent[] = [];
  const callBefore = callIdOf(before);
  const callAfter = callIdOf(after);

  if (callBefore !== null && callBefore !== callAfter) {
    const reason = after.at === 'thanks' ? 'finished' : after.at === 'failed' ? 'failed' : 'cancelled';
    events.push({ name: 'bangban:ended', detail: { callId: callBefore, reason } });
  }
  if (usesDevices(before) && !usesDevices(after)) events.push({ name: 'bangban:wiped', detail: {} });
  if (after.at === 'requesting' && before.at !== 'requesting') {
    events.push({ name: 'bangban:requested', detail: { service } });
  }
  if (after.at === 'waiting' && callBefore !== callAfter) {
    events.push({ name: 'bangban:queued', detail: { callId: after.view.callId, position: after.view.position } });
  }
  if (after.at === 'talking' && (before.at !== 'talking' || before.view.callId !== after.view.callId)) {
    events.push({ name: 'bangban:answered', detail: { callId: after.view.callId, agent: { ...after.view.agent } } });
  }
  return events;
}

function callIdOf(state: HelpState): string | null {
  return state.at === 'waiting' || state.at === 'talking' ? state.view.callId : null;
}

/** States in which something of the resident may be in the widget. */
function usesDevices(state: HelpState): boolean {
  return ['opening-devices', 'no-devices', 'requesting', 'resuming', 'waiting', 'talking'].includes(state.at);
}
