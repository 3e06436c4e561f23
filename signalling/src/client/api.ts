import { type HttpRouteName, httpRoutes } from '@bangban/protocol';
import { AssistError, type ErrorCode, errorCatalogue } from '@bangban/protocol/plain';
import type * as z from 'zod';

type Routes = typeof httpRoutes;

/** The path parameters and body of a route; either may be left out when the route has none. */
export type ApiRequest<Name extends HttpRouteName> = {
  params?: z.input<Routes[Name]['params']>;
  input?: z.input<Routes[Name]['input']>;
};

/** Calls the JSON routes by name. Rejects with an AssistError: the server's code, or `unreachable`. */
export type Api = {
  call<Name extends HttpRouteName>(name: Name, request?: ApiRequest<Name>): Promise<z.output<Routes[Name]['output']>>;
};

export type ApiOptions = {
  /** Origin of the server; the page's own by default. */
  baseUrl?: string;
  /** For the Authorization header; not sent while it gives undefined. */
  accessToken?: () => string | undefined;
  /** An answer that takes longer counts as `unreachable`. */
  timeoutMs?: number;
};

/** The browsers' end of the HTTP route table. */
export function createApi({ baseUrl = '', accessToken, timeoutMs = 10_000 }: ApiOptions = {}): Api {
  return {
    call: async (name, request = {}) => {
      const route = httpRoutes[name];
      const token = accessToken?.();
      const response = await fetch(baseUrl + fillPath(route.path, request.params ?? {}), {
        method: route.method.toUpperCase(),
        credentials: 'same-origin',
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(route.method === 'post' ? { 'content-type': 'application/json' } : {}),
        },
        ...(route.method === 'post' ? { body: JSON.stringify(request.input ?? {}) } : {}),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((cause: unknown) => {
        throw new AssistError('unreachable', `no answer to ${name}`, { cause });
      });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw refusal(name, response.status, body);
      // The server answers this route by the schema of the same entry.
      return body as never;
    },
  };
}

/** Puts parameters into an Express path (`/kiosks/:kioskId/revoke`). */
function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(params[key] ?? ''));
}

function refusal(name: string, status: number, body: unknown): AssistError {
  const error = isErrorBody(body) ? body.error : { code: 'internal' as const };
  const { code, ...rest } = error;
  return new AssistError(code, `${name} was refused with ${status}`, rest);
}

type ErrorBody = { error: { code: ErrorCode; incident?: string; retryAfterMs?: number } };

function isErrorBody(body: unknown): body is ErrorBody {
  const error = (body as Partial<ErrorBody> | null | undefined)?.error;
  return typeof error?.code === 'string' && Object.hasOwn(errorCatalogue, error.code);
}
