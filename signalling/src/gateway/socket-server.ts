import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { MAX_MESSAGE_BYTES } from '@bangban/protocol';
import { Server, type Socket } from 'socket.io';
import type { Origins } from '../access/origins.ts';
import { sourceOf } from '../access/source.ts';
import { createFloodGuard } from './flood-guard.ts';

/** One connection below the namespaces, in Socket.IO's words. */
type Connection = Socket['conn'];

export type ConnectionLimits = { total: number; perSource: number; trustedProxies: number };

/** What the first request of a connection told about where it comes from. */
export type ConnectionFacts = { source: string; origin: string | undefined };

export type SocketServer = {
  io: Server;
  connections(): number;
  factsOf(connection: Connection): ConnectionFacts;
  /** Runs `tell` before the connection under a socket is closed for flooding. */
  beforeFloodEnds(connection: Connection, tell: () => void): void;
  /** A media server serves thousands of peers over one connection: once it has proved itself it is not counted. */
  trust(connection: Connection): void;
};

/**
 * Socket.IO on an HTTP server, with limits that hold before anybody has proved anything: connections in all and per
 * source, message size, message rate, time to name a namespace.
 */
export function createSocketServer(options: {
  httpServer: HttpServer;
  origins: () => Origins;
  limits: ConnectionLimits;
  /** Milliseconds, monotone. */
  now(): number;
}): SocketServer {
  const { limits, now } = options;
  const bySource = new Map<string, number>();
  const trusted = new WeakSet<object>();
  const lastWords = new WeakMap<object, Set<() => void>>();
  const facts = new WeakMap<object, ConnectionFacts>();
  let total = 0;

  const source = (request: IncomingMessage) => sourceOf(request, limits.trustedProxies);
  const isFull = (request: IncomingMessage) =>
    total >= limits.total || (bySource.get(source(request)) ?? 0) >= limits.perSource;

  const io = new Server(options.httpServer, {
    serveClient: false,
    transports: ['websocket', 'polling'],
    // A dead peer is noticed within 10 s; Socket.IO's defaults take up to 45 s.
    pingInterval: 5_000,
    pingTimeout: 5_000,
    connectTimeout: 10_000,
    upgradeTimeout: 10_000,
    // A compressed bomb is 1,000 times its size once unpacked.
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    cors: {
      origin: (origin, decide) => decide(null, options.origins().isAllowed(origin)),
      methods: ['GET', 'POST'],
    },
    allowRequest: (request, decide) => {
      // Only a new connection counts: later requests of the same one carry its id.
      const isNew = !new URLSearchParams(request.url?.split('?')[1]).has('sid');
      decide(isNew && isFull(request) ? 'too many connections' : null, !(isNew && isFull(request)));
    },
  });

  io.engine.on('connection', (connection: Connection) => {
    const from = source(connection.request);
    facts.set(connection, { source: from, origin: connection.request.headers.origin });
    total += 1;
    bySource.set(from, (bySource.get(from) ?? 0) + 1);
    connection.once('close', () => {
      total -= 1;
      const left = (bySource.get(from) ?? 1) - 1;
      if (left === 0) bySource.delete(from);
      else bySource.set(from, left);
    });

    const guard = createFloodGuard(now);
    connection.on('packet', (packet: { data?: { length?: number } }) => {
      if (trusted.has(connection) || guard.allows(packet.data?.length ?? 0)) return;
      for (const tell of lastWords.get(connection) ?? []) tell();
      lastWords.delete(connection);
      connection.close();
    });
  });

  return {
    io,
    connections: () => total,
    factsOf(connection) {
      const known = facts.get(connection);
      if (!known) throw new Error('a socket without a connection of this server');
      return known;
    },
    beforeFloodEnds(connection, tell) {
      const words = lastWords.get(connection) ?? new Set();
      lastWords.set(connection, words.add(tell));
    },
    trust: (connection) => trusted.add(connection),
  };
}
