import type { Call, LiveCall } from './call.ts';

/** How long a call may stay as it is, in milliseconds. */
export type CallLimits = {
  kioskAbsentInQueueMs: number;
  kioskAbsentInCallMs: number;
  connectingMs: number;
  agentAbsentWhileConnectingMs: number;
  agentAbsentInCallMs: number;
};

/** What happens to a call when nothing else does. */
export type CallDue = 'offer-expired' | 'kiosk-lost' | 'agent-lost' | 'media-timed-out' | 'room-due' | 'wrap-up-over';

/** `at` is desk time in milliseconds. */
export type CallDeadline = { at: number; due: CallDue };

/** The earliest deadline that follows from the state of a call; undefined where there is none. */
export function deadlineOf(call: Call, limits: CallLimits): CallDeadline | undefined {
  let earliest: CallDeadline | undefined;
  for (const deadline of deadlinesOf(call, limits)) {
    if (!earliest || deadline.at < earliest.at) earliest = deadline;
  }
  return earliest;
}

function deadlinesOf(call: Call, limits: CallLimits): CallDeadline[] {
  switch (call.state) {
    case 'queued':
      return ofEveryLiveCall(call, limits);
    case 'offered':
      return [{ at: call.expiresAt, due: 'offer-expired' }, ...ofEveryLiveCall(call, limits)];
    case 'connecting': {
      const since = call.agentPresence.present ? undefined : call.agentPresence.since;
      return [
        { at: call.since + limits.connectingMs, due: 'media-timed-out' },
        ...(since === undefined ? [] : [agentLost(since + limits.agentAbsentWhileConnectingMs)]),
        ...ofEveryLiveCall(call, limits),
      ];
    }
    case 'active':
    case 'held': {
      const since = call.agentPresence.present ? undefined : call.agentPresence.since;
      return [
        ...(since === undefined ? [] : [agentLost(since + limits.agentAbsentInCallMs)]),
        ...ofEveryLiveCall(call, limits),
      ];
    }
    case 'wrapping-up':
      return [{ at: call.endsAt, due: 'wrap-up-over' }];
    case 'closed':
      return [];
  }
}

const agentLost = (at: number): CallDeadline => ({ at, due: 'agent-lost' });

function ofEveryLiveCall(call: LiveCall, limits: CallLimits): CallDeadline[] {
  const deadlines: CallDeadline[] = [];
  if (!call.kioskPresence.present) {
    deadlines.push({ at: call.kioskPresence.since + kioskPatienceMs(call, limits), due: 'kiosk-lost' });
  }
  if (call.media.state === 'failed') deadlines.push({ at: call.media.retryAt, due: 'room-due' });
  return deadlines;
}

/** A resident whose call came back from an agent is still in the middle of it: they get the longer time. */
function kioskPatienceMs(call: LiveCall, limits: CallLimits): number {
  const isInQueue = (call.state === 'queued' || call.state === 'offered') && !call.returned;
  return isInQueue ? limits.kioskAbsentInQueueMs : limits.kioskAbsentInCallMs;
}
