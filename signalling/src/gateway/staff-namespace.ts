import {
  AssistError,
  bindRequests,
  type CallId,
  type CommandId,
  type Handlers,
  PROTOCOL_VERSION,
  StaffHandshake,
  type StaffId,
  type StaffRequests,
  staffRequests,
} from '@bangban/protocol';
import type { Origins } from '../access/origins.ts';
import type { Sessions, StaffAccounts } from '../access/sessions.ts';
import type { StaffClaims, Tokens } from '../access/tokens.ts';
import type { Clock, Desk, Timers } from '../desk/ports.ts';
import type { Log } from '../logging/log.ts';
import { authorizeAudited } from './authorize-audited.ts';
import type { ConnectPacer } from './connect-pacer.ts';
import { handshakeMiddleware, parseHandshake } from './handshake.ts';
import { createMediaHandlers } from './media-forwarder.ts';
import type { MediaServers } from './media-servers.ts';
import type { Reporting } from './reporting.ts';
import { createSeats, type Occupant } from './seats.ts';
import type { ConnectionFacts } from './socket-server.ts';
import { forgetHandshake, rooms, type StaffData, type StaffNamespace, type StaffSocket } from './sockets.ts';

export type StaffNamespaceParts = {
  namespace: StaffNamespace;
  desk: Desk;
  sessions: Pick<Sessions, 'isLive' | 'onEnded'>;
  accounts: StaffAccounts;
  tokens: Pick<Tokens, 'verifyStaff'>;
  servers: MediaServers;
  origins: () => Origins;
  pacer: ConnectPacer;
  reporting: Reporting;
  clock: Clock;
  timers: Timers;
  log: Log;
  factsOf(socket: StaffSocket): ConnectionFacts;
  beforeFloodEnds(socket: StaffSocket, tell: () => void): void;
};

type Sitting = Occupant & { sessionId: string };
/** What a connection can be asked by its own requests. */
type Context = StaffData & { renew(expiresAtMs: number): void };

/** A token counts for this long after its end, as everywhere, so a connection lives as long. */
const leewayMs = 60_000;

/** Staff: agents have one connection each, the others as many as they like. */
export function openStaffNamespace(parts: StaffNamespaceParts): { close(): void } {
  const { namespace, desk, sessions, tokens, reporting, clock, timers, log } = parts;
  const seats = createSeats<StaffId, Sitting>();
  const handlers = createStaffHandlers(parts);
  const connected = new Set<{ sessionId: string } & Occupant>();
  let isClosing = false;

  const report = async (command: { type: 'agent-absent' | 'agent-signed-out'; staffId: StaffId }) => {
    try {
      await desk.execute(command);
    } catch (error) {
      log.error({ err: error, command: command.type }, 'the desk did not take who is there');
    }
  };

  async function check(socket: StaffSocket): Promise<StaffData> {
    const { accessToken } = parseHandshake(StaffHandshake, socket.handshake.auth);
    if (!parts.origins().isAllowed(parts.factsOf(socket).origin)) {
      throw new AssistError('origin-refused', 'not on the list');
    }
    const { staffId, sessionId, expiresAtMs } = await verifyLive(tokens, sessions, accessToken);
    const account = await parts.accounts.findById(staffId);
    if (!account || account.isDisabled) throw new AssistError('unauthenticated', 'the account is gone or disabled');
    const waitMs = parts.pacer.waitMs();
    if (waitMs > 0) throw new AssistError('rate-limited', 'many come back at once', { retryAfterMs: waitMs });
    const { passwordHash: _hash, isDisabled: _disabled, ...staff } = account;
    const principal = { kind: 'staff', staffId, role: staff.role } as const;
    return { principal, source: parts.factsOf(socket).source, staff, sessionId, expiresAtMs };
  }

  namespace.use(
    handshakeMiddleware<StaffData, StaffSocket>({
      check,
      onRefusal: (socket, error) => reporting.handshake(parts.factsOf(socket).source, error),
      onBug: (error) => reporting.bug('handshake', error),
    }),
  );

  namespace.on('connection', (socket: StaffSocket) => {
    forgetHandshake(socket);
    const { principal, sessionId } = socket.data;
    const { staffId, role } = principal;
    let stopExpiry = () => {};
    const sitting: Sitting = {
      sessionId,
      end(reason) {
        socket.emit('session:ended', { reason });
        socket.disconnect(true);
      },
    };
    const renew = (expiresAtMs: number) => {
      stopExpiry();
      const delayMs = Math.max(0, expiresAtMs + leewayMs - clock.now());
      stopExpiry = timers.after(delayMs, () => sitting.end('token-expired'));
    };
    renew(socket.data.expiresAtMs);
    connected.add(sitting);
    if (role === 'agent') seats.take(staffId, sitting);
    parts.beforeFloodEnds(socket, () => socket.emit('session:ended', { reason: 'flooding' }));

    bindRequests<StaffRequests, Context>({
      socket,
      table: staffRequests,
      handlers,
      context: { ...socket.data, renew },
      authorize: (rule, input, context) => authorizeAudited({ rule, input, ...context, calls: desk, reporting }),
      now: clock.monotonic,
      onBug: reporting.bug,
      onRefusal: reporting.refused,
    });

    socket.on('disconnect', () => {
      stopExpiry();
      connected.delete(sitting);
      if (seats.leave(staffId, sitting) && !isClosing) void report({ type: 'agent-absent', staffId });
    });

    void welcome(socket);
  });

  async function welcome(socket: StaffSocket): Promise<void> {
    const { staff, principal } = socket.data;
    const { staffId, displayName, number, skills, languages } = staff;
    try {
      if (principal.role === 'agent') {
        const agent = { staffId, displayName, number, skills, languages };
        await desk.execute<'agent-present'>({ type: 'agent-present', agent });
      }
      if (!socket.connected) return;
      // Nothing may come between: what changes from here on reaches the socket as an event.
      const lists = { desk: desk.agentDesk(staffId), waiting: desk.waitingList() };
      socket.emit('staff:welcomed', { protocol: PROTOCOL_VERSION, staff, ...lists });
      void socket.join([rooms.staff(staffId), rooms.everyStaff]);
      if (principal.role === 'supervisor') void socket.join(rooms.supervisors);
    } catch (error) {
      log.error({ err: error, staffId }, 'a member of staff could not be welcomed');
      socket.disconnect(true);
    }
  }

  const stopListening = sessions.onEnded((sessionId, staffId, reason) => {
    const seat = seats.occupant(staffId);
    for (const sitting of [...connected]) if (sitting.sessionId === sessionId) sitting.end(reason);
    // Who is still signed in elsewhere stays on the floor.
    if (!seat || seat.sessionId === sessionId) void report({ type: 'agent-signed-out', staffId });
  });

  return {
    close() {
      isClosing = true;
      stopListening();
    },
  };
}

async function verifyLive(
  tokens: Pick<Tokens, 'verifyStaff'>,
  sessions: Pick<Sessions, 'isLive'>,
  accessToken: string,
): Promise<StaffClaims> {
  const claims = tokens.verifyStaff(accessToken);
  if (!(await sessions.isLive(claims.sessionId))) throw new AssistError('unauthenticated', 'the session has ended');
  return claims;
}

function createStaffHandlers(parts: StaffNamespaceParts): Handlers<StaffRequests, Context> {
  const { desk, servers, tokens, sessions } = parts;
  type OnCall = 'accept-offer' | 'decline-offer' | 'hold-call' | 'resume-call' | 'end-by-agent' | 'finish-wrap-up';
  const onCall =
    <Type extends OnCall>(type: Type) =>
    ({ commandId, callId }: { commandId: CommandId; callId: CallId }, { principal: { staffId } }: Context) =>
      // The commands of this union differ in their type only.
      desk.execute<Type>({ type, staffId, callId } as never, { sender: staffId, commandId });

  return {
    'availability:set': ({ commandId, availability }, { principal: { staffId } }) =>
      desk.execute<'set-availability'>(
        { type: 'set-availability', staffId, availability },
        { sender: staffId, commandId },
      ),
    'offer:accept': onCall('accept-offer'),
    'offer:decline': onCall('decline-offer'),
    'call:hold': onCall('hold-call'),
    'call:resume': onCall('resume-call'),
    'call:end': onCall('end-by-agent'),
    'call:finish-wrap-up': onCall('finish-wrap-up'),
    'desk:snapshot': async (_, { principal }) => desk.agentDesk(principal.staffId),
    'waiting:snapshot': async () => desk.waitingList(),
    'floor:snapshot': async () => desk.floorList(),
    'session:renew': async ({ accessToken }, { principal, sessionId, renew }) => {
      const claims = await verifyLive(tokens, sessions, accessToken);
      if (claims.staffId !== principal.staffId || claims.sessionId !== sessionId) {
        throw new AssistError('unauthenticated', 'the token is of another session');
      }
      renew(claims.expiresAtMs);
      return null;
    },
    ...createMediaHandlers<Context>({ desk, servers, participant: ({ principal }) => principal }),
  };
}
