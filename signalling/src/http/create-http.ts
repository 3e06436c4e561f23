import { AssistError, httpRoutes } from '@bangban/protocol';
import express, { type Express, type Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Audit } from '../access/audit.ts';
import { authorizeHttp, type HttpProofs } from '../access/http-rules.ts';
import type { Origins } from '../access/origins.ts';
import { sourceOf } from '../access/source.ts';
import type { Log } from '../logging/log.ts';
import { crossOrigin } from './cross-origin.ts';
import { answerError, createErrorAnswer } from './error-answer.ts';
import { jsonRoutes } from './json-routes.ts';
import { type HomeState, homePage, languageIn } from './plain-pages.ts';
import { factsOf, refreshCookie } from './request-facts.ts';
import { createRouteHandlers, type RouteParts } from './route-handlers.ts';
import { securityHeaders } from './security-headers.ts';
import { type PageFolders, staticPages } from './static-pages.ts';

export type HttpParts = Omit<RouteParts, 'openapi'> & {
  proofs: HttpProofs;
  origins: () => Origins;
  audit: Audit;
  log: Log;
  /** Milliseconds, monotone. */
  now(): number;
  randomId(): string;
  openapi: { openapi: string };
  trustedProxies: number;
  /** People come over HTTPS (PUBLIC_URL). */
  isSecure: boolean;
  sessionMs: number;
  folders: PageFolders;
  readiness(): HomeState;
  /** The metrics page in the format of Prometheus. */
  metrics: { contentType: string; text(): Promise<string> };
};

/**
 * Requests to the API from one address per minute. A hall shares one address: its agents must not be locked out by a
 * neighbour who guesses passwords, which the sign-in throttle slows long before.
 */
const apiRequestsPerMinute = 3_000;

/** Everything that is served over HTTP besides the sockets. */
export function createHttp(parts: HttpParts): Express {
  const { isSecure, origins, audit } = parts;
  const source = (request: Request) => sourceOf(request, parts.trustedProxies);
  const app = express();
  app.disable('x-powered-by');
  // Query strings carry nothing here (FAULTS A7), so nothing parses them.
  app.set('query parser', false);
  app.set('trust proxy', parts.trustedProxies);
  app.set('etag', 'strong');

  app.use((request, response, next) => {
    const startedAt = parts.now();
    response.once('finish', () => {
      const { method, path } = request;
      const ms = Math.round(parts.now() - startedAt);
      parts.log.debug({ method, path, status: response.statusCode, ms, source: source(request) }, 'answered');
    });
    next();
  });
  app.use(...securityHeaders('plain', isSecure));
  app.use(staticPages(parts.folders, isSecure));
  app.use('/api', crossOrigin(origins));
  app.use(
    '/api',
    rateLimit({
      windowMs: 60_000,
      limit: apiRequestsPerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      keyGenerator: source,
      validate: false,
      handler: (_request, response) =>
        answerError(response, new AssistError('rate-limited', 'too many requests', { retryAfterMs: 60_000 })),
    }),
  );

  app.use(
    jsonRoutes({
      ...parts,
      routes: httpRoutes,
      handlers: createRouteHandlers(parts),
      sourceOf: source,
      setRefreshToken(response, token) {
        const cookie = refreshCookie.options(isSecure);
        if (token === null) response.clearCookie(refreshCookie.name, cookie);
        else response.cookie(refreshCookie.name, token, { ...cookie, maxAge: parts.sessionMs });
      },
      onDenial(name, from, error) {
        audit.record({ actor: 'anonymous', source: from, act: `http ${name}`, outcome: 'refused', detail: error.code });
      },
    }),
  );

  app.get('/', (request, response) => {
    response.set('Cache-Control', 'no-store').type('html');
    response.send(homePage(languageIn(request.url), parts.readiness()));
  });
  app.get('/healthz', (_request, response) => void response.set('Cache-Control', 'no-store').json({ ok: true }));
  app.get('/readyz', (_request, response) => {
    const { storeWritable, mediaServers, draining } = parts.readiness();
    const ready = storeWritable && mediaServers > 0 && !draining;
    response.set('Cache-Control', 'no-store').status(ready ? 200 : 503);
    response.json({ ready, storeWritable, mediaServers, draining });
  });
  app.get('/metrics', async (request, response) => {
    await authorizeHttp('metrics', factsOf(request, origins()), parts.proofs);
    response
      .set('Cache-Control', 'no-store')
      .type(parts.metrics.contentType)
      .send(await parts.metrics.text());
  });

  app.use((_request, _response, next) => next(new AssistError('not-found', 'no such path')));
  app.use(createErrorAnswer(parts));
  return app;
}
