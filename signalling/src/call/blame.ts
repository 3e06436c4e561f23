import type { CallIn } from './call.ts';

/**
 * Which side failed when the media of an answered call did not start in time. A side that reported is not to blame, and
 * an absent kiosk or one that alone did not report is. With no room the server failed. When nobody reported, the agent's
 * side is suspected: the kiosk gets another agent at once, and the agent looks at their devices before the next call.
 */
export function sideToBlame(call: CallIn<'connecting'>): 'kiosk' | 'agent' | 'server' {
  if (!call.kioskPresence.present) return 'kiosk';
  if (call.media.state !== 'open') return 'server';
  return call.flowing.agent ? 'kiosk' : 'agent';
}
