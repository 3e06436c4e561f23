import {
  AssistError,
  type CallId,
  type KioskId,
  type SocketAccess,
  type StaffId,
  type StaffRole,
} from '@bangban/protocol';

/** Who is at the other end of a socket, as its handshake proved. */
export type SocketPrincipal =
  | { kind: 'kiosk'; kioskId: KioskId }
  | { kind: 'staff'; staffId: StaffId; role: StaffRole }
  | { kind: 'media-server' };

/** The facts about calls that access rules ask for. */
export type CallFacts = {
  isCallOfKiosk(callId: CallId, kioskId: KioskId): boolean;
  isCallOfAgent(callId: CallId, staffId: StaffId): boolean;
  isOfferedTo(callId: CallId, staffId: StaffId): boolean;
};

/**
 * Lets a request through or throws. A call that is none of the caller's looks like one that does not exist.
 *
 * @param input already parsed; a rule that names a call finds it in `callId`
 * @throws AssistError `forbidden` (wrong kind or role), `not-found` (not their call), `offer-gone` (no longer offered)
 */
export function authorizeSocket(
  rule: SocketAccess,
  input: unknown,
  principal: SocketPrincipal,
  calls: CallFacts,
): void {
  const forbidden = () => new AssistError('forbidden', `this needs ${rule}`);
  switch (rule) {
    case 'kiosk':
      if (principal.kind !== 'kiosk') throw forbidden();
      return;
    case 'kiosk-of-call':
      if (principal.kind !== 'kiosk') throw forbidden();
      if (!calls.isCallOfKiosk(callIdIn(input), principal.kioskId)) throw notTheirs();
      return;
    case 'staff':
      if (principal.kind !== 'staff') throw forbidden();
      return;
    case 'agent':
    case 'supervisor':
      if (principal.kind !== 'staff' || principal.role !== rule) throw forbidden();
      return;
    case 'agent-of-offer':
    case 'agent-of-call': {
      if (principal.kind !== 'staff' || principal.role !== 'agent') throw forbidden();
      const callId = callIdIn(input);
      const isTheirs = calls.isOfferedTo(callId, principal.staffId) || calls.isCallOfAgent(callId, principal.staffId);
      // An agent who answers twice, or a moment too late, is told by the desk; here only strangers are turned away.
      if (!isTheirs)
        throw rule === 'agent-of-offer' ? new AssistError('offer-gone', 'not offered to them') : notTheirs();
      return;
    }
    case 'sfu':
      if (principal.kind !== 'media-server') throw forbidden();
      return;
    case 'signalling':
      throw forbidden();
  }
}

const notTheirs = () => new AssistError('not-found', 'no such call, or not theirs');

function callIdIn(input: unknown): CallId {
  if (typeof input === 'object' && input !== null && 'callId' in input) return input.callId as CallId;
  throw new Error('a rule that names a call stands at a request without one');
}
