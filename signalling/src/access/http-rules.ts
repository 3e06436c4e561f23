import { AssistError, type HttpAccess, type StaffId } from '@bangban/protocol';
import type { KioskClaims, StaffClaims } from './tokens.ts';

/** What a request brings that may prove something. */
export type HttpFacts = {
  /** From `Authorization: Bearer …`; never from the address. */
  bearer: string | undefined;
  refreshCookie: string | undefined;
  /** From this machine and through no proxy. */
  isFromThisMachine: boolean;
  /** The Host header names this machine: a page that rebinds its own name to 127.0.0.1 has another one. */
  isLoopbackHost: boolean;
  /** The Origin header is absent or on the allow-list. */
  isOriginAllowed: boolean;
};

/** Who a request comes from, once its rule has let it through. */
export type HttpPrincipal =
  | { kind: 'anonymous' }
  | { kind: 'staff'; staffId: StaffId; role: StaffClaims['role'] }
  | { kind: 'kiosk'; kioskId: KioskClaims['kioskId'] }
  | { kind: 'session'; refreshToken: string };

export type HttpProofs = {
  verifyStaff(token: string): StaffClaims;
  isSessionLive(sessionId: string): Promise<boolean>;
  /** Verifies a device token, also that it is the kiosk's newest one. */
  verifyDevice(token: string): Promise<KioskClaims>;
  isMetricsToken(token: string): boolean;
  isDemo: boolean;
};

type Rule = (facts: HttpFacts, proofs: HttpProofs) => Promise<HttpPrincipal>;

const anonymous: HttpPrincipal = { kind: 'anonymous' };

async function staffBehind(facts: HttpFacts, proofs: HttpProofs): Promise<Extract<HttpPrincipal, { kind: 'staff' }>> {
  const { staffId, role, sessionId } = proofs.verifyStaff(facts.bearer ?? '');
  if (!(await proofs.isSessionLive(sessionId))) throw new AssistError('unauthenticated', 'the session has ended');
  return { kind: 'staff', staffId, role };
}

/** One rule per kind of access; a kind without a rule does not compile. */
const rules: Record<HttpAccess, Rule> = {
  public: async () => anonymous,
  'refresh-cookie': async ({ refreshCookie, isOriginAllowed }) => {
    // A cookie is sent by the browser whoever asks, so here the page that asks has to be one of ours.
    if (!isOriginAllowed) throw new AssistError('origin-refused', 'the page is not on the allow-list');
    if (refreshCookie === undefined) throw new AssistError('unauthenticated', 'no refresh cookie');
    return { kind: 'session', refreshToken: refreshCookie };
  },
  staff: staffBehind,
  admin: async (facts, proofs) => {
    const principal = await staffBehind(facts, proofs);
    if (principal.role !== 'admin') throw new AssistError('forbidden', 'this needs admin');
    return principal;
  },
  kiosk: async ({ bearer }, { verifyDevice }) => {
    const { kioskId } = await verifyDevice(bearer ?? '');
    return { kind: 'kiosk', kioskId };
  },
  'demo-loopback': async ({ isFromThisMachine, isLoopbackHost, isOriginAllowed }, { isDemo }) => {
    if (!isDemo || !isFromThisMachine || !isLoopbackHost || !isOriginAllowed) {
      throw new AssistError('forbidden', 'only for the demo kiosk on this machine');
    }
    return anonymous;
  },
  metrics: async ({ bearer, isFromThisMachine, isLoopbackHost }, { isMetricsToken }) => {
    if (bearer !== undefined && isMetricsToken(bearer)) return anonymous;
    if (isFromThisMachine && isLoopbackHost) return anonymous;
    throw new AssistError('unauthenticated', 'metrics are for this machine or the metrics token');
  },
};

/**
 * Lets a request through or throws.
 *
 * @throws AssistError `unauthenticated`, `forbidden` or `origin-refused`
 */
export function authorizeHttp(rule: HttpAccess, facts: HttpFacts, proofs: HttpProofs): Promise<HttpPrincipal> {
  return rules[rule](facts, proofs);
}
