/** Every way in which a call can end. Each closed call has exactly one. */
export const endReasons = [
  'resident-cancelled',
  'resident-ended',
  'agent-ended',
  'kiosk-lost',
  'agent-lost',
  'media-failed',
  'kiosk-revoked',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What the resident may learn about the end of their call. */
export const kioskEndReasons = ['cancelled', 'ended', 'connection-lost', 'could-not-connect', 'kiosk-revoked'] as const;
export type KioskEndReason = (typeof kioskEndReasons)[number];

const kioskEndReasonOf = {
  'resident-cancelled': 'cancelled',
  'resident-ended': 'ended',
  'agent-ended': 'ended',
  'kiosk-lost': 'connection-lost',
  'agent-lost': 'connection-lost',
  'media-failed': 'could-not-connect',
  'kiosk-revoked': 'kiosk-revoked',
} as const satisfies Record<EndReason, KioskEndReason>;

/** Maps the one reason to what the resident is told. */
export function toKioskEndReason(reason: EndReason): KioskEndReason {
  return kioskEndReasonOf[reason];
}

/** Why a call that was offered to an agent is no longer theirs. */
export const releaseReasons = [
  'declined',
  'no-answer',
  'cancelled',
  'kiosk-lost',
  'agent-lost',
  'media-failed',
] as const;
export type ReleaseReason = (typeof releaseReasons)[number];

/** Why an agent is away: chosen by the agent (first four) or set by the desk (the others). */
export const chosenAwayReasons = ['break', 'meal', 'training', 'other'] as const;
export const deskAwayReasons = ['signed-in', 'no-answer', 'declined', 'media-failed', 'connection-lost'] as const;
export type ChosenAwayReason = (typeof chosenAwayReasons)[number];
export type AwayReason = ChosenAwayReason | (typeof deskAwayReasons)[number];

/** Why the server ends a connection; the client shows it and does not reconnect by itself. */
export const sessionEndReasons = ['replaced', 'signed-out', 'revoked', 'token-expired', 'flooding'] as const;
export type SessionEndReason = (typeof sessionEndReasons)[number];
