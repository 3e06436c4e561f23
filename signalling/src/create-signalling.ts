import { createServer, type RequestListener } from 'node:http';
import { CONSENT_VERSION, httpRoutes } from '@bangban/protocol';
import type { Audit } from './access/audit.ts';
import { createOrigins, type Origins } from './access/origins.ts';
import type { Passwords } from './access/passwords.ts';
import { isSameSecret } from './access/same-secret.ts';
import { createSessions, type SessionStore, type StaffAccounts } from './access/sessions.ts';
import { createSignInThrottle } from './access/sign-in-throttle.ts';
import { createTokens } from './access/tokens.ts';
import type { SignallingConfig } from './config.ts';
import { watchConversations } from './conversations.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from './desk/ports.ts';
import { createGateway } from './gateway/create-gateway.ts';
import type { GatewayFigures } from './gateway/reporting.ts';
import { createHttp } from './http/create-http.ts';
import { listen, localUrl, stopListening } from './http/listening.ts';
import { openapiOf } from './http/openapi.ts';
import type { PageFolders } from './http/static-pages.ts';
import { createEnrolment } from './kiosks/enrolment.ts';
import type { EnrolmentCodes, KioskDirectory } from './kiosks/kiosk-directory.ts';
import type { Log } from './logging/log.ts';
import type { ServiceCatalogue } from './services/service-catalogue.ts';

/** Figures for a collector, and where the gateway counts. */
type Figures = { gateway: GatewayFigures; contentType: string; text(): Promise<string> };

/** Everything signalling is made of that touches the world. Whoever makes them closes them, after signalling. */
export type SignallingParts = {
  config: SignallingConfig;
  tokenSecret: string;
  linkToken: string;
  clock: Clock;
  timers: Timers;
  randomId(): string;
  log: Log;
  audit: Audit;
  passwords: Passwords;
  accounts: StaffAccounts;
  sessionStore: SessionStore;
  kiosks: KioskDirectory;
  enrolmentCodes: EnrolmentCodes;
  services: ServiceCatalogue;
  folders: PageFolders;
  /** The desk over its store; it is closed with signalling. */
  openDesk(ports: { outlet: DeskOutlet; media: MediaControl }): Promise<Desk>;
  createFigures(current: {
    desk(): ReturnType<Desk['figures']>;
    connections(): number;
    mediaServers(): number;
  }): Figures;
  /** The demo kiosks may enrol themselves on this machine. */
  isDemo: boolean;
  version: string;
};

export type Signalling = {
  /** Where it listens, as an origin. */
  url: string;
  /** Takes no new calls from now on; running ones go on. */
  drain(): void;
  /** Stops listening, disconnects everybody, closes the desk. Idempotent. */
  close(): Promise<void>;
};

/** Composes signalling from its parts and listens. The order of closing is in docs/closing.md. */
export async function createSignalling(parts: SignallingParts): Promise<Signalling> {
  const { config, clock, timers, log, randomId } = parts;
  let app: RequestListener | undefined;
  const httpServer = createServer(
    {
      // Slow headers and bodies hold a socket for no longer than this.
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 5_000,
    },
    // Socket.IO takes its own requests away from the listeners that are there when it is attached, and from no others.
    (request, response) => app?.(request, response),
  );
  httpServer.maxHeadersCount = 100;

  let allowed: Origins | undefined;
  const origins = () => {
    if (!allowed) throw new Error('a request came before the server listens');
    return allowed;
  };

  const tokens = createTokens({
    secret: parts.tokenSecret,
    now: clock.now,
    staffLifeSeconds: config.ACCESS_TOKEN_SECONDS,
    kioskLifeSeconds: config.DEVICE_TOKEN_DAYS * 86_400,
  });
  const sessionMs = config.SESSION_HOURS * 3_600_000;
  const sessions = createSessions({
    store: parts.sessionStore,
    accounts: parts.accounts,
    tokens,
    now: clock.now,
    randomId,
    accessTokenSeconds: config.ACCESS_TOKEN_SECONDS,
    sessionMs,
  });
  const enrolment = createEnrolment({
    directory: parts.kiosks,
    codes: parts.enrolmentCodes,
    tokens,
    now: clock.now,
    codeLifeSeconds: config.ENROLMENT_CODE_MINUTES * 60,
  });

  let isDraining = false;
  const figures = parts.createFigures({
    desk: () => desk.figures(),
    connections: () => gateway.connections(),
    mediaServers: () => gateway.mediaServers(),
  });
  const gateway = createGateway({
    ...parts,
    httpServer,
    origins,
    figures: figures.gateway,
    limits: {
      total: config.MAX_CONNECTIONS,
      perSource: config.MAX_CONNECTIONS_PER_SOURCE,
      trustedProxies: config.TRUSTED_PROXIES,
      connectsPerSecond: config.MAX_CONNECTS_PER_SECOND,
    },
  });
  const conversations = watchConversations(gateway.outlet, () => desk.figures().callsByState);
  const desk = await parts.openDesk({ outlet: conversations.outlet, media: gateway.media });
  gateway.open({ ...parts, desk, sessions, tokens, enrolment, consentVersion: CONSENT_VERSION });

  app = createHttp({
    ...parts,
    now: clock.monotonic,
    throttle: createSignInThrottle(clock.monotonic),
    sessions,
    enrolment,
    origins,
    proofs: {
      verifyStaff: tokens.verifyStaff,
      isSessionLive: sessions.isLive,
      verifyDevice: enrolment.verify,
      isMetricsToken: (token) => config.METRICS_TOKEN !== undefined && isSameSecret(token, config.METRICS_TOKEN),
      isDemo: parts.isDemo,
    },
    isKioskConnected: gateway.isKioskConnected,
    openapi: openapiOf(httpRoutes, parts.version),
    trustedProxies: config.TRUSTED_PROXIES,
    isSecure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    sessionMs,
    readiness() {
      const { storeWritable, callsByState, agentsByState } = desk.figures();
      const { offline: _offline, ...signedIn } = agentsByState;
      return {
        storeWritable,
        mediaServers: gateway.mediaServers(),
        draining: isDraining,
        callsWaiting: (callsByState.queued ?? 0) + (callsByState.offered ?? 0),
        agents: Object.values(signedIn).reduce((sum, count) => sum + count, 0),
      };
    },
    metrics: figures,
  });
  const drain = () => {
    isDraining = true;
    desk.drain();
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    drain();
    await conversations.over(timers, config.DRAIN_TIMEOUT_MS);
    const stopped = stopListening(httpServer, timers);
    await gateway.close();
    await stopped;
    await desk.close();
    log.info({}, 'signalling has ended');
  };

  try {
    const { port } = await listen(httpServer, config.HOST, config.PORT);
    const address = { host: config.HOST, port };
    allowed = createOrigins({ address, publicUrl: config.PUBLIC_URL, allowed: config.ALLOWED_ORIGINS });
    const url = config.PUBLIC_URL ?? localUrl(config.HOST, port);
    log.info({ address: `${config.HOST}:${port}` }, 'signalling listens');
    return {
      url,
      drain,
      close() {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await gateway.close();
    await desk.close();
    throw error;
  }
}
