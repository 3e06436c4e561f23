import type { CallLimits } from '../call/deadlines.ts';

/** What an operator may set about the desk. Times in milliseconds. */
export type DeskConfig = CallLimits & {
  /** How long a call rings at one agent. */
  offerTimeoutMs: number;
  wrapUpMs: number;
  /** How long an agent without a call may be gone before they count as offline. */
  agentGraceMs: number;
  /** What one step of priority is worth. */
  priorityStepMs: number;
  /** Calls from the front of the queue whose media is prepared. */
  prepareAhead: number;
  /** Waiting figures are pushed to a kiosk at most this often. */
  movedIntervalMs: number;
  /** An estimate that nothing has changed is made anew after this time: the calls of busy agents go on. */
  estimateStaleMs: number;
  /** How long a command id is remembered. */
  outcomeKeptMs: number;
  /** How long a kiosk may still ask how its last call ended. */
  closedViewMs: number;
  /** After a room could not be opened. The media adapter has tried several times by then. */
  roomRetryMs: number;
  /** How long a media server may take to come back after the desk restarted, before its rooms count as lost. */
  mediaServerGraceMs: number;
  /** After a failed commit the store is left alone for so long. */
  storeRetryMs: number;
};

export const defaultDeskConfig: DeskConfig = {
  offerTimeoutMs: 20_000,
  kioskAbsentInQueueMs: 30_000,
  kioskAbsentInCallMs: 60_000,
  connectingMs: 15_000,
  // A resident who has seen nobody yet should not wait for an agent who may not come back (fault Q6: at most 10 s,
  // of which noticing a dead connection may take some).
  agentAbsentWhileConnectingMs: 3_000,
  agentAbsentInCallMs: 30_000,
  wrapUpMs: 60_000,
  agentGraceMs: 10_000,
  priorityStepMs: 120_000,
  prepareAhead: 8,
  movedIntervalMs: 2_000,
  estimateStaleMs: 30_000,
  outcomeKeptMs: 600_000,
  closedViewMs: 60_000,
  roomRetryMs: 5_000,
  mediaServerGraceMs: 10_000,
  storeRetryMs: 1_000,
};
