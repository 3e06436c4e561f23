import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Which kind of page a path serves; each may do only what it needs. */
export type PageKind = 'plain' | 'console' | 'kiosk' | 'widget';

type Directives = Record<string, string[]>;

const nothing: Directives = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};

/** Scripts and connections of this server only. Shadow roots and antd put their styles into the page as elements. */
const application: Directives = {
  ...nothing,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  mediaSrc: ["'self'", 'blob:', 'mediastream:', 'data:'],
  workerSrc: ["'self'", 'blob:'],
  manifestSrc: ["'self'"],
};

const directives: Record<PageKind, Directives> = {
  plain: { ...nothing, styleSrc: ["'unsafe-inline'"], imgSrc: ["'self'", 'data:'] },
  console: application,
  // The demo kiosk stands for a city's own page, which may frame itself.
  kiosk: { ...application, formAction: ["'self'"], frameAncestors: ["'self'"] },
  widget: nothing,
};

/** Security headers of one kind of page. @param isSecure people come over HTTPS, so browsers may be told to insist on it */
export function securityHeaders(kind: PageKind, isSecure: boolean): RequestHandler[] {
  const mayUseDevices = kind === 'console' || kind === 'kiosk';
  const deviceRule = mayUseDevices ? '(self)' : '()';
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: directives[kind] },
      crossOriginResourcePolicy: { policy: kind === 'widget' ? 'cross-origin' : 'same-origin' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: kind === 'kiosk' ? 'sameorigin' : 'deny' },
    }),
    (_request, response, next) => {
      response.set(
        'Permissions-Policy',
        `camera=${deviceRule}, microphone=${deviceRule}, display-capture=${deviceRule}, geolocation=(), payment=(), usb=()`,
      );
      next();
    },
  ];
}
