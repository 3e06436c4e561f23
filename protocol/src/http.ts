import * as z from 'zod';
import { KioskId, ServiceCode } from './ids.ts';
import { KioskPlace, ServiceItemView, StaffView } from './views.ts';

/**
 * Who may call an HTTP route.
 *
 * - `public`: anybody; `refresh-cookie`: the browser that holds a live staff session.
 * - `staff`, `admin`: an access token of that role in the Authorization header; `kiosk`: a device token there.
 * - `demo-loopback`: this machine only, and only while demo data is in use.
 * - `metrics`: this machine, or the metrics token.
 */
export type HttpAccess = 'public' | 'refresh-cookie' | 'staff' | 'admin' | 'kiosk' | 'demo-loopback' | 'metrics';

/** A JSON route. Paths are Express paths; `params` and `input` are parsed before the handler runs. */
export type HttpRoute = {
  method: 'get' | 'post';
  path: `/${string}`;
  access: HttpAccess;
  summary: string;
  params: z.ZodType;
  input: z.ZodType;
  output: z.ZodType;
};
export type HttpRoutes = Record<string, HttpRoute>;

const none = z.object({});
const kioskParams = z.object({ kioskId: KioskId });

/** An access token for the Authorization header and the socket handshake; the refresh token is a cookie. */
export const StaffSession = z.object({
  accessToken: z.string(),
  expiresInSeconds: z.int().min(1),
  staff: StaffView,
});
export type StaffSession = z.infer<typeof StaffSession>;

/** A kiosk as an admin sees it. */
export const KioskAdminView = KioskPlace.extend({
  state: z.enum(['not-enrolled', 'enrolled', 'revoked']),
  connected: z.boolean(),
});
export type KioskAdminView = z.infer<typeof KioskAdminView>;

const DeviceToken = z.object({ kioskId: KioskId, deviceToken: z.string() });

/** Every JSON route. Pages, `/healthz`, `/readyz` and `/metrics` are listed in `plainRoutes`. */
export const httpRoutes = {
  signIn: {
    method: 'post',
    path: '/api/v1/auth/sign-in',
    access: 'public',
    summary: 'Sign in a member of staff; sets the refresh cookie.',
    params: none,
    input: z.object({ userName: z.string().min(1).max(40), password: z.string().min(1).max(200) }),
    output: StaffSession,
  },
  refresh: {
    method: 'post',
    path: '/api/v1/auth/refresh',
    access: 'refresh-cookie',
    summary: 'Exchange the refresh cookie for a new access token; the cookie is rotated.',
    params: none,
    input: none,
    output: StaffSession,
  },
  signOut: {
    method: 'post',
    path: '/api/v1/auth/sign-out',
    access: 'refresh-cookie',
    summary: 'End the session everywhere: the cookie, the access token and the open connections.',
    params: none,
    input: none,
    output: none,
  },
  listServices: {
    method: 'get',
    path: '/api/v1/services',
    access: 'public',
    summary: 'The service items that are assisted by video.',
    params: none,
    input: none,
    output: z.object({ services: z.array(ServiceItemView) }),
  },
  enrolKiosk: {
    method: 'post',
    path: '/api/v1/kiosks/enrol',
    access: 'public',
    summary: 'Exchange a one-time enrolment code for a device token.',
    params: none,
    input: z.object({ code: z.string().min(8).max(40) }),
    output: DeviceToken,
  },
  rotateDeviceToken: {
    method: 'post',
    path: '/api/v1/kiosks/rotate',
    access: 'kiosk',
    summary: 'Exchange the device token for a new one; the old one stops working.',
    params: none,
    input: none,
    output: DeviceToken,
  },
  listKiosks: {
    method: 'get',
    path: '/api/v1/kiosks',
    access: 'admin',
    summary: 'All kiosks.',
    params: none,
    input: none,
    output: z.object({ kiosks: z.array(KioskAdminView) }),
  },
  createEnrolmentCode: {
    method: 'post',
    path: '/api/v1/kiosks/:kioskId/enrolment-code',
    access: 'admin',
    summary: 'Make a one-time enrolment code for a kiosk; earlier codes stop working.',
    params: kioskParams,
    input: none,
    output: z.object({ code: z.string(), expiresInSeconds: z.int().min(1) }),
  },
  revokeKiosk: {
    method: 'post',
    path: '/api/v1/kiosks/:kioskId/revoke',
    access: 'admin',
    summary: 'Make the device token of a kiosk worthless and end its connection.',
    params: kioskParams,
    input: none,
    output: KioskAdminView,
  },
  enrolDemoKiosk: {
    method: 'post',
    path: '/api/v1/demo/kiosks/:kioskId/token',
    access: 'demo-loopback',
    summary: 'Give the demo kiosk page on this machine a device token.',
    params: kioskParams,
    input: none,
    output: DeviceToken.extend({ kiosk: KioskPlace, services: z.array(ServiceCode) }),
  },
  openapi: {
    method: 'get',
    path: '/api/openapi.json',
    access: 'public',
    summary: 'This description.',
    params: none,
    input: none,
    output: z.looseObject({ openapi: z.string() }),
  },
} as const satisfies HttpRoutes;
export type HttpRouteName = keyof typeof httpRoutes;

/** Routes that do not answer JSON from a schema, with their access rule. Nothing else is served. */
export const plainRoutes = {
  '/': 'public',
  '/healthz': 'public',
  '/readyz': 'public',
  '/metrics': 'metrics',
  '/kiosk/': 'public',
  '/console/': 'public',
  '/widget/': 'public',
} as const satisfies Record<string, HttpAccess>;
