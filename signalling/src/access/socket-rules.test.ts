import { AssistError, CallId, KioskId, type SocketAccess, StaffId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { authorizeSocket, type SocketPrincipal } from './socket-rules.ts';

const callId = CallId.parse('call-1');
const principals = {
  kiosk: { kind: 'kiosk', kioskId: KioskId.parse('kiosk-001') },
  'other kiosk': { kind: 'kiosk', kioskId: KioskId.parse('kiosk-002') },
  'agent with the call': { kind: 'staff', staffId: StaffId.parse('staff-has'), role: 'agent' },
  'agent with the offer': { kind: 'staff', staffId: StaffId.parse('staff-offered'), role: 'agent' },
  'other agent': { kind: 'staff', staffId: StaffId.parse('staff-other'), role: 'agent' },
  // A supervisor who has the id of the call's agent still is no agent.
  supervisor: { kind: 'staff', staffId: StaffId.parse('staff-has'), role: 'supervisor' },
  admin: { kind: 'staff', staffId: StaffId.parse('staff-has'), role: 'admin' },
  'media server': { kind: 'media-server' },
} as const satisfies Record<string, SocketPrincipal>;
type Who = keyof typeof principals;

const calls = {
  isCallOfKiosk: (_: CallId, kioskId: KioskId) => kioskId === 'kiosk-001',
  isCallOfAgent: (_: CallId, staffId: StaffId) => staffId === 'staff-has',
  isOfferedTo: (_: CallId, staffId: StaffId) => staffId === 'staff-offered',
};

const agentsOfTheCall: Who[] = ['agent with the call', 'agent with the offer'];
const allowed: Record<SocketAccess, Who[]> = {
  kiosk: ['kiosk', 'other kiosk'],
  'kiosk-of-call': ['kiosk'],
  staff: [...agentsOfTheCall, 'other agent', 'supervisor', 'admin'],
  agent: [...agentsOfTheCall, 'other agent'],
  'agent-of-offer': agentsOfTheCall,
  'agent-of-call': agentsOfTheCall,
  supervisor: ['supervisor'],
  sfu: ['media server'],
  signalling: [],
};

function codeOf(rule: SocketAccess, who: Who): string {
  try {
    authorizeSocket(rule, { callId }, principals[who], calls);
    return 'allowed';
  } catch (error) {
    if (error instanceof AssistError) return error.code;
    throw error;
  }
}

const everyone = Object.keys(principals) as Who[];
const pairs = (Object.keys(allowed) as SocketAccess[]).flatMap((rule) => everyone.map((who) => [rule, who] as const));

describe('socket rules (ACCESS)', () => {
  it.each(pairs)('[ACCESS-14] %s lets %s through only where it names them', (rule, who) => {
    const code = codeOf(rule, who);
    if (allowed[rule].includes(who)) expect(code).toBe('allowed');
    else expect(['forbidden', 'not-found', 'offer-gone']).toContain(code);
  });

  it('[ACCESS-14] a call of others looks like one that does not exist', () => {
    expect(codeOf('kiosk-of-call', 'other kiosk')).toBe('not-found');
    expect(codeOf('agent-of-call', 'other agent')).toBe('not-found');
  });

  it('[ACCESS-14] a rule that names a call at a request without one is a bug, not a way in', () => {
    expect(() => authorizeSocket('kiosk-of-call', {}, principals.kiosk, calls)).toThrow(/without one/);
  });
});
