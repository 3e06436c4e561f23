import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Desk } from '../desk/ports.ts';
import type { GatewayFigures } from '../gateway/reporting.ts';

/** The figures of this process for a Prometheus collector. */
export type PrometheusFigures = {
  gateway: GatewayFigures;
  contentType: string;
  text(): Promise<string>;
};

/** @param current asked at each collection */
export function createPrometheusFigures(current: {
  desk(): ReturnType<Desk['figures']>;
  connections(): number;
  mediaServers(): number;
}): PrometheusFigures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requestsRefused = new Counter({
    name: 'bangban_requests_refused_total',
    help: 'Socket requests that were refused, by error code.',
    labelNames: ['namespace', 'code'],
    registers: [registry],
  });
  const handshakesRefused = new Counter({
    name: 'bangban_handshakes_refused_total',
    help: 'Socket connections that were refused, by error code.',
    labelNames: ['namespace', 'code'],
    registers: [registry],
  });
  const perState = (name: string, help: string, figures: () => Record<string, number>) =>
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [state, count] of Object.entries(figures())) this.set({ state }, count);
      },
    });
  const plain = (name: string, help: string, figure: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(figure());
      },
    });
  perState('bangban_calls', 'Calls, by state.', () => current.desk().callsByState);
  perState('bangban_agents', 'Agents, by state.', () => current.desk().agentsByState);
  plain('bangban_store_writable', '1 while live state can be written.', () => Number(current.desk().storeWritable));
  plain('bangban_connections', 'Open socket connections.', current.connections);
  plain('bangban_media_servers', 'Media servers that are linked.', current.mediaServers);

  return {
    gateway: {
      requestRefused: (namespace, code) => requestsRefused.inc({ namespace, code }),
      handshakeRefused: (namespace, code) => handshakesRefused.inc({ namespace, code }),
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
