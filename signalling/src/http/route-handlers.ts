import { AssistError, type KioskId } from '@bangban/protocol';
import type { Audit } from '../access/audit.ts';
import type { Passwords } from '../access/passwords.ts';
import type { Granted, Sessions, StaffAccounts } from '../access/sessions.ts';
import type { SignInThrottle } from '../access/sign-in-throttle.ts';
import type { Enrolment } from '../kiosks/enrolment.ts';
import type { RegisteredKiosk } from '../kiosks/kiosk-directory.ts';
import { type ServiceCatalogue, serviceItemView } from '../services/service-catalogue.ts';
import type { HttpContext, HttpHandlers } from './json-routes.ts';

export type RouteParts = {
  accounts: StaffAccounts;
  passwords: Pick<Passwords, 'matches'>;
  throttle: SignInThrottle;
  sessions: Sessions;
  enrolment: Enrolment;
  services: ServiceCatalogue;
  audit: Audit;
  isKioskConnected(kioskId: KioskId): boolean;
  openapi: { openapi: string };
};

/** What each JSON route does. Thin: the decisions are in `access`, `kiosks` and `services`. */
export function createRouteHandlers(parts: RouteParts): HttpHandlers {
  const { accounts, passwords, throttle, sessions, enrolment, services, audit } = parts;

  const adminView = ({ tokenVersion: _version, ...kiosk }: RegisteredKiosk) => ({
    ...kiosk,
    connected: parts.isKioskConnected(kiosk.kioskId),
  });

  return {
    signIn: async ({ input: { userName, password } }, context) => {
      const { source } = context;
      const attempt = { account: userName.toLowerCase(), source };
      const waitMs = throttle.waitMs(attempt);
      if (waitMs > 0) throw new AssistError('rate-limited', 'too many failed sign-ins', { retryAfterMs: waitMs });
      const account = await accounts.findByUserName(userName);
      const isRight = await passwords.matches(password, account?.passwordHash);
      if (!account || !isRight || account.isDisabled) {
        throttle.failed(attempt);
        // What was typed as a name may be a password; only names that exist are written down.
        const actor = account ? (`staff:${account.staffId}` as const) : 'anonymous';
        audit.record({ actor, source, act: 'sign-in', outcome: 'refused' });
        throw new AssistError('sign-in-refused', 'wrong name or password, or disabled');
      }
      throttle.succeeded(attempt);
      audit.record({ actor: `staff:${account.staffId}`, source, act: 'sign-in', outcome: 'done' });
      return toStaffSession(await sessions.start(account), context);
    },

    refresh: async (_, context) => {
      const granted = await sessions.refresh(sessionTokenOf(context)).catch((error: unknown) => {
        if (error instanceof AssistError && error.code === 'unauthenticated') context.setRefreshToken(null);
        throw error;
      });
      return toStaffSession(granted, context);
    },

    signOut: async (_, context) => {
      const token = sessionTokenOf(context);
      context.setRefreshToken(null);
      const { staffId } = await sessions.signOut(token);
      audit.record({ actor: `staff:${staffId}`, source: context.source, act: 'sign-out', outcome: 'done' });
      return {};
    },

    listServices: async () => ({ services: (await services.list()).map(serviceItemView) }),

    enrolKiosk: async ({ input: { code } }, { source }) => {
      const granted = await enrolment.enrol(code).catch((error: unknown) => {
        audit.record({ actor: 'anonymous', source, act: 'kiosk-enrolled', outcome: 'refused' });
        throw error;
      });
      audit.record({ actor: `kiosk:${granted.kioskId}`, source, act: 'kiosk-enrolled', outcome: 'done' });
      return granted;
    },

    rotateDeviceToken: async (_, { principal, source }) => {
      if (principal.kind !== 'kiosk') throw new Error('the access rule of this route lets kiosks in only');
      const granted = await enrolment.rotate(principal.kioskId);
      audit.record({ actor: `kiosk:${granted.kioskId}`, source, act: 'device-token-rotated', outcome: 'done' });
      return granted;
    },

    listKiosks: async () => ({ kiosks: (await enrolment.list()).map(adminView) }),

    createEnrolmentCode: async ({ params: { kioskId } }, context) => {
      const code = await enrolment.createCode(kioskId);
      recordAdminAct(context, 'enrolment-code-made', kioskId);
      return code;
    },

    revokeKiosk: async ({ params: { kioskId } }, context) => {
      const kiosk = await enrolment.revoke(kioskId);
      recordAdminAct(context, 'kiosk-revoked', kioskId);
      return adminView(kiosk);
    },

    enrolDemoKiosk: async ({ params: { kioskId } }, { source }) => {
      const { kiosk, ...granted } = await enrolment.enrolDemo(kioskId);
      audit.record({ actor: `kiosk:${kioskId}`, source, act: 'demo-kiosk-enrolled', outcome: 'done' });
      const { name, site, region } = kiosk;
      const codes = (await services.list()).map(({ code }) => code);
      return { ...granted, kiosk: { kioskId, name, site, region }, services: codes };
    },

    openapi: async () => parts.openapi,
  };

  function recordAdminAct({ principal, source }: HttpContext, act: string, detail: string): void {
    if (principal.kind !== 'staff') throw new Error('the access rule of this route lets staff in only');
    audit.record({ actor: `staff:${principal.staffId}`, source, act, outcome: 'done', detail });
  }
}

function sessionTokenOf({ principal }: HttpContext): string {
  if (principal.kind !== 'session') throw new Error('the access rule of this route demands the refresh cookie');
  return principal.refreshToken;
}

function toStaffSession({ refreshToken, ...session }: Granted, context: HttpContext) {
  if (refreshToken !== null) context.setRefreshToken(refreshToken);
  return session;
}
