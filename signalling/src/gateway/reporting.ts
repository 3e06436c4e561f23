import type { AssistError } from '@bangban/protocol';
import type { Audit, AuditActor } from '../access/audit.ts';
import type { SocketPrincipal } from '../access/socket-rules.ts';
import type { Log } from '../logging/log.ts';

/** Counts what the gateway does. */
export type GatewayFigures = {
  requestRefused(namespace: string, code: string): void;
  handshakeRefused(namespace: string, code: string): void;
};

/** What becomes of refusals and bugs on sockets: log, audit, figures. */
export type Reporting = {
  /** A handshake that was refused. */
  handshake(source: string, error: AssistError): void;
  /** A request that its access rule did not let through. */
  denied(act: { principal: SocketPrincipal; source: string; rule: string; subject: string }, error: AssistError): void;
  /** Any other expected refusal. */
  refused(request: string, error: AssistError): void;
  /** Gives the incident id under which it is in the log. */
  bug(request: string, error: unknown): string;
};

const actorOf = (who: SocketPrincipal): AuditActor => {
  switch (who.kind) {
    case 'kiosk':
      return `kiosk:${who.kioskId}`;
    case 'staff':
      return `staff:${who.staffId}`;
    case 'media-server':
      return 'media-server';
  }
};

/** Handshakes refused for these are acts of somebody who may not; the others are accidents. */
const deniedCodes = new Set(['unauthenticated', 'forbidden', 'origin-refused', 'kiosk-in-use']);

export function createReporting(options: {
  namespace: string;
  audit: Audit;
  log: Log;
  figures: GatewayFigures;
  randomId(): string;
}): Reporting {
  const { namespace, audit, log, figures } = options;
  return {
    handshake(source, error) {
      figures.handshakeRefused(namespace, error.code);
      log.debug({ source, code: error.code, why: error.message }, 'refused a handshake');
      if (!deniedCodes.has(error.code)) return;
      const act = `connect ${namespace}`;
      audit.record({ actor: 'anonymous', source, act, outcome: 'refused', detail: error.code });
    },
    denied({ principal, source, rule, subject }, error) {
      const detail = `${error.code} ${subject}`.trimEnd();
      audit.record({ actor: actorOf(principal), source, act: `${namespace} ${rule}`, outcome: 'refused', detail });
    },
    refused(request, error) {
      figures.requestRefused(namespace, error.code);
      log.debug({ request, code: error.code, why: error.message }, 'refused a request');
    },
    bug(request, error) {
      const incident = options.randomId();
      log.error({ err: error, request, incident }, 'a request failed unexpectedly');
      return incident;
    },
  };
}
