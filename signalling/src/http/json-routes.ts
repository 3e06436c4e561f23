import { AssistError, type HttpRouteName, type HttpRoutes, type httpRoutes } from '@bangban/protocol';
import { json, type Request, type Response, Router } from 'express';
import type * as z from 'zod';
import { authorizeHttp, type HttpPrincipal, type HttpProofs } from '../access/http-rules.ts';
import type { Origins } from '../access/origins.ts';
import { factsOf } from './request-facts.ts';

type Routes = typeof httpRoutes;

/** What a handler knows about the request besides its input. */
export type HttpContext = {
  principal: HttpPrincipal;
  /** The network address it comes from. */
  source: string;
  /** Hands the browser a new refresh token, or (null) takes it away. */
  setRefreshToken(token: string | null): void;
};

/** One handler per route; leaving one out does not compile. */
export type HttpHandlers = {
  [Name in HttpRouteName]: (
    request: { params: z.output<Routes[Name]['params']>; input: z.output<Routes[Name]['input']> },
    context: HttpContext,
  ) => Promise<z.output<Routes[Name]['output']>>;
};

/** No JSON request needs more; one byte more is refused. */
const maxBodyBytes = '16kb';

/**
 * Registers every route of the table: limits, authorize, parse, handle, answer. The only place on the HTTP side that
 * meets unparsed input.
 *
 * @param options.onDenial a request that its access rule did not let through
 */
export function jsonRoutes(options: {
  routes: HttpRoutes;
  handlers: Record<string, (request: never, context: HttpContext) => Promise<unknown>>;
  proofs: HttpProofs;
  origins: () => Origins;
  sourceOf(request: Request): string;
  setRefreshToken(response: Response, token: string | null): void;
  onDenial(name: string, source: string, error: AssistError): void;
}): Router {
  const { handlers, proofs, sourceOf } = options;
  const router = Router({ caseSensitive: true, strict: true });
  const parseBody = json({ limit: maxBodyBytes, strict: true, type: ['application/json'] });

  for (const [name, route] of Object.entries(options.routes)) {
    const handle = handlers[name];
    if (!handle) throw new Error(`the route ${name} has no handler`);

    router[route.method](route.path, parseBody, async (request: Request, response: Response) => {
      const source = sourceOf(request);
      const facts = factsOf(request, options.origins());
      const principal = await authorizeHttp(route.access, facts, proofs).catch((error: unknown) => {
        if (error instanceof AssistError) options.onDenial(name, source, error);
        throw error;
      });
      const params = route.params.safeParse(request.params);
      const input = route.input.safeParse(bodyOf(request));
      if (!params.success || !input.success)
        throw new AssistError('invalid-payload', `${name} does not fit its schema`);
      const context: HttpContext = {
        principal,
        source,
        setRefreshToken: (token) => options.setRefreshToken(response, token),
      };
      // Both were parsed by the schemas from which the handler's type is made.
      const output = await handle({ params: params.data, input: input.data } as never, context);
      response.set('Cache-Control', 'no-store').json(output);
    });
  }
  return router;
}

/** A body that is not JSON is no input at all: a form on a foreign page cannot send JSON without being asked first. */
function bodyOf(request: Request): unknown {
  const isEmpty = request.headers['content-length'] === undefined || request.headers['content-length'] === '0';
  if (request.body !== undefined) return request.body;
  if (isEmpty && request.headers['transfer-encoding'] === undefined) return {};
  throw new AssistError('invalid-payload', 'the body is not JSON');
}
