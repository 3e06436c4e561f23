import { randomUUID } from 'node:crypto';
import {
  bindRequests,
  createRequester,
  type EventMap,
  type Handlers,
  type LinkRequests,
  PROTOCOL_VERSION,
  type RoomState,
  type RtpCapabilities,
  type SfuEvents,
  type SfuId,
  type SfuRequests,
  sfuRequests,
} from '@bangban/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Log } from '../adapters/pino-log.ts';
import type { Clock, Timers } from '../adapters/system-clock.ts';

/** How long signalling may take to answer a registration, in milliseconds. */
const registerTimeoutMs = 5_000;
/** First pause before another attempt; signalling that restarts is back within a second. */
const reconnectMinMs = 50;
const reconnectMaxMs = 1_000;

export type LinkOptions = {
  signallingUrl: string;
  /** Undefined while there is no token yet. */
  linkToken(): Promise<string | undefined>;
  sfuId: SfuId;
  routerRtpCapabilities: RtpCapabilities;
  handlers: Handlers<SfuRequests, undefined>;
  rooms(): RoomState[];
  closeRoom(callId: RoomState['callId']): Promise<void>;
  clock: Clock;
  timers: Timers;
  log: Log;
};

/** The control link to signalling. It comes back by itself; media does not notice that it was away. */
export type Link = {
  /** True between a registration and the loss of the connection. */
  readonly registered: boolean;
  /** Sent when linked; otherwise dropped, because the next registration carries the rooms as they are. */
  emit<Name extends keyof SfuEvents & string>(name: Name, payload: Parameters<EventMap<SfuEvents>[Name]>[0]): void;
  /** Runs after every registration. */
  onRegistered(listener: () => void): void;
  /** Idempotent. */
  close(): void;
};

export function openLink(options: LinkOptions): Link {
  const { clock, timers, log } = options;
  const registeredListeners = new Set<() => void>();
  /** True from the moment the rooms have been told: what happens after that has to be told as well. */
  let announced = false;
  let registered = false;
  let cancelRetry = () => {};

  const socket: Socket = io(new URL('/link', options.signallingUrl).href, {
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: reconnectMinMs,
    reconnectionDelayMax: reconnectMaxMs,
    randomizationFactor: 0.3,
    timeout: 2_000,
    auth: (give) => void handshake().then(give),
  });
  const request = createRequester<LinkRequests>(socket, registerTimeoutMs);

  async function handshake() {
    const linkToken = (await options.linkToken().catch(() => undefined)) ?? '';
    return { protocol: PROTOCOL_VERSION, linkToken };
  }

  async function register(): Promise<void> {
    const { sfuId, routerRtpCapabilities } = options;
    const socketId = socket.id;
    announced = true;
    try {
      const { close } = await request('sfu:register', { sfuId, routerRtpCapabilities, rooms: options.rooms() });
      if (socket.id !== socketId || !socket.connected) return;
      registered = true;
      log.info({ rooms: options.rooms().length, closed: close.length }, 'registered with signalling');
      await Promise.all(close.map((callId) => options.closeRoom(callId)));
      for (const listener of registeredListeners) listener();
    } catch (error) {
      if (socket.id !== socketId || !socket.connected) return;
      log.error({ err: error }, 'signalling did not take the registration');
      // A new connection starts with a new registration.
      retry();
    }
  }

  /** A refused handshake is final to Socket.IO, and so is a connection that the other side has closed. */
  function retry(): void {
    socket.disconnect();
    cancelRetry();
    cancelRetry = timers.after(reconnectMaxMs / 2, () => socket.connect());
  }

  bindRequests({
    socket,
    table: sfuRequests,
    handlers: options.handlers,
    context: undefined,
    // The token that this side sent is a secret of signalling's: who accepted it is signalling.
    authorize: () => {},
    now: () => clock.monotonicMs(),
    onBug(name, error) {
      const incident = randomUUID();
      log.error({ err: error, request: name, incident }, 'a request failed');
      return incident;
    },
    onRefusal: (name, error) => log.debug({ err: error, request: name, code: error.code }, 'a request was refused'),
  });

  socket.on('connect', () => void register());
  socket.on('connect_error', (error) => {
    log.debug({ reason: error.message }, 'signalling is not reachable');
    if (socket.active) return;
    log.warn({ reason: error.message }, 'signalling refused the link');
    retry();
  });
  socket.on('disconnect', (reason) => {
    announced = false;
    registered = false;
    log.warn({ reason }, 'link to signalling lost; calls go on');
    if (reason === 'io server disconnect') retry();
  });

  /** There is nothing to prove oneself with before signalling has run for the first time. */
  async function connectWithToken(): Promise<void> {
    const token = await options.linkToken().catch((error: unknown) => {
      log.error({ err: error }, 'the link token cannot be read');
      return undefined;
    });
    if (token === undefined) cancelRetry = timers.after(100, () => void connectWithToken());
    else socket.connect();
  }
  void connectWithToken();

  return {
    get registered() {
      return registered;
    },
    emit(name, payload) {
      if (announced) socket.emit(name, payload);
    },
    onRegistered: (listener) => void registeredListeners.add(listener),
    close() {
      cancelRetry();
      registered = false;
      socket.disconnect();
    },
  };
}
