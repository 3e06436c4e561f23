import type { Request } from 'express';
import type { HttpFacts } from '../access/http-rules.ts';
import { isLoopbackHost, type Origins } from '../access/origins.ts';
import { isFromThisMachine } from '../access/source.ts';

/** The refresh token's cookie: only for the paths that need it, never for scripts or other sites. */
export const refreshCookie = {
  name: 'bangban_refresh',
  options: (isSecure: boolean) => ({
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: isSecure,
    path: '/api/v1/auth',
  }),
};

/** What a request brings that may prove something. Tokens in the address are never looked at. */
export function factsOf(request: Request, origins: Origins): HttpFacts {
  const { origin, host, authorization } = request.headers;
  return {
    bearer: /^Bearer ([\w.~+/-]{1,4096}=*)$/i.exec(authorization ?? '')?.[1],
    refreshCookie: cookieIn(request.headers.cookie, refreshCookie.name),
    isFromThisMachine: isFromThisMachine(request),
    isLoopbackHost: isLoopbackHost((host ?? '').replace(/:\d{1,5}$/, '').toLowerCase()),
    isOriginAllowed: origin === undefined || origins.isAllowed(origin),
  };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '').split(/; */).find((part) => part.startsWith(`${name}=`));
  const value = pair?.slice(name.length + 1);
  return value !== undefined && /^[\w.-]{1,200}$/.test(value) ? value : undefined;
}
