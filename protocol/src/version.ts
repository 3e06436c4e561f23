/** Raised by one whenever a message changes in a way that the previous clients would not understand. */
export const PROTOCOL_VERSION = 1;

/**
 * The oldest version that is still understood: the previous one, because a kiosk page may stay open across an
 * upgrade. It never goes below the first version.
 */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 1);

/** What to answer to a handshake that carries `version`. */
export function judgeProtocolVersion(
  version: number,
  current = PROTOCOL_VERSION,
): 'accepted' | 'protocol-too-old' | 'protocol-too-new' {
  if (version > current) return 'protocol-too-new';
  return version >= Math.max(1, current - 1) ? 'accepted' : 'protocol-too-old';
}
