import type { CallId, CommandId, InputOf, KioskCallView, KioskEvents, KioskRequests } from '@bangban/protocol';
import { AssistError, type ErrorCode, type SessionEndReason } from '@bangban/protocol/plain';
import type { Connection } from '@bangban/signalling/client';
import { judgeMoved, judgeView, type KnownCall, type Verdict } from './call-view.ts';
import type { Link } from './state.ts';

export type KioskConnection = Connection<KioskRequests, KioskEvents>;

/** Why nothing comes of a connection any more. */
export type SessionOver = { refused: ErrorCode } | { ended: SessionEndReason };

/** What a session tells its owner. Nothing of this runs after `leave()` or `close()`. */
export type SessionEvents = {
  /** After every connect: what the server knows of this kiosk. The held call has been brought up to date before. */
  onWelcome(welcome: { consentVersion: string; call: KnownCall }): void;
  /** The held view changed. */
  onView(view: KioskCallView): void;
  /** The server no longer knows the held call. */
  onLost(): void;
  onLink(link: Link): void;
  onOver(over: SessionOver): void;
};

export type CallWish = Omit<InputOf<KioskRequests, 'call:request'>, 'commandId'>;

/** One connection, and this kiosk's call as seen through it. */
export type CallSession = {
  link(): Link;
  /** Takes a call that the server told of. */
  hold(view: KioskCallView): void;
  /** Asks for a call, with one command until there is an answer; `onView` brings it. Rejects with the refusal. */
  request(wish: CallWish): Promise<void>;
  /**
   * Falls silent and ends the call, also one that is only being asked for, with one command until there is an answer.
   * Resolves when the server knows or need not know, also after `close()`.
   *
   * @param abandoned a call to end although it is not held
   */
  leave(abandoned: CallId | null): Promise<void>;
  /** Closes the connection too. Idempotent. */
  close(): void;
};

export type SessionPorts = {
  connection: KioskConnection;
  newCommandId(): CommandId;
  /** Runs the action once after the delay. Returns the cancellation. */
  after(delayMs: number, action: () => void): () => void;
};

/** Between two tries of a command that was not answered although the connection is up. */
const COMMAND_RETRY_MS = 500;

/** Listens to the connection until `close()`. */
export function createCallSession(
  { connection, newCommandId, after }: SessionPorts,
  events: SessionEvents,
): CallSession {
  let held: KnownCall = null;
  let asking: Promise<KioskCallView> | null = null;
  let phase: 'listening' | 'leaving' | 'closed' = 'listening';
  let isWelcomed = false;
  let downSinceMs: number | null = null;
  let welcome = deferred();
  let isAskingSnapshot = false;

  const isClosed = (): boolean => phase === 'closed';

  const link = (): Link => {
    if (isWelcomed) return { state: 'up' };
    return downSinceMs === null ? { state: 'connecting' } : { state: 'down', sinceMs: downSinceMs };
  };

  const take = (verdict: Verdict): void => {
    if (verdict === 'ask-snapshot') void askSnapshot();
    else if (verdict !== 'ignore') hold(verdict.take);
  };

  const hold = (view: KioskCallView): void => {
    held = view;
    if (phase === 'listening') events.onView(view);
  };

  const lose = (): void => {
    held = null;
    if (phase === 'listening') events.onLost();
  };

  const askSnapshot = async (): Promise<void> => {
    if (isAskingSnapshot) return;
    isAskingSnapshot = true;
    try {
      const view = await connection.request('call:snapshot', {});
      if (held === null) return;
      if (view?.callId === held.callId) take(judgeView(held, view));
      else lose();
    } catch {
      // The connection is lost and its next welcome brings the view, or the next event asks again.
    } finally {
      isAskingSnapshot = false;
    }
  };

  const onOver = (reason: SessionOver): void => {
    welcome.reject(new AssistError('unreachable', 'the connection is over'));
    if (phase === 'listening') events.onOver(reason);
  };

  const stopListening = [
    connection.on('kiosk:welcomed', ({ consentVersion, call }) => {
      isWelcomed = true;
      downSinceMs = null;
      welcome.resolve();
      if (phase === 'listening') events.onLink(link());
      if (held !== null) {
        if (call?.callId === held.callId) take(judgeView(held, call));
        else lose();
      }
      if (phase === 'listening') events.onWelcome({ consentVersion, call });
    }),
    connection.on('call:changed', (view) => {
      // The answer to the request may come later than the first news of the call that it made.
      if (held === null && asking !== null) hold(view);
      else take(judgeView(held, view));
    }),
    connection.on('queue:moved', (moved) => take(judgeMoved(held, moved))),
    connection.subscribe((next) => {
      if (next.state === 'connected' || next.state === 'closed') return;
      if (isWelcomed) {
        isWelcomed = false;
        welcome = deferred();
      }
      if (next.state === 'reconnecting') downSinceMs ??= next.sinceMs;
      if (next.state === 'ended') onOver({ ended: next.reason });
      // A passing refusal is waited out for the sake of a call; somebody who only asks for one is told.
      else if (next.state === 'refused' && !(next.retrying && held !== null)) onOver({ refused: next.code });
      else if (phase === 'listening') events.onLink(link());
    }),
  ];

  /** Sends until it is answered; the same command id makes that one command. */
  const deliver = async <Value>(send: () => Promise<Value>): Promise<Value> => {
    for (;;) {
      await welcome.promise;
      try {
        return await send();
      } catch (error) {
        if (isClosed() || !(error instanceof AssistError) || error.code !== 'unreachable') throw error;
        await new Promise<void>((resolve) => after(COMMAND_RETRY_MS, resolve));
        if (isClosed()) throw error;
      }
    }
  };

  const end = async (abandoned: CallId | null): Promise<void> => {
    const view = held ?? (await asking);
    const callId = view === null ? abandoned : view.state === 'closed' ? null : view.callId;
    if (callId === null) return;
    const command = { commandId: newCommandId(), callId };
    await deliver(() => connection.request('call:end', command));
  };

  return {
    link,
    hold,
    async request(wish) {
      const input = { ...wish, commandId: newCommandId() };
      asking = deliver(() => connection.request('call:request', input));
      const view = await asking;
      if (held === null) hold(view);
      else take(judgeView(held, view));
    },
    async leave(abandoned) {
      phase = 'leaving';
      // Any refusal means that the server has no such call to end.
      await end(abandoned).catch(() => undefined);
    },
    close() {
      if (phase === 'closed') return;
      phase = 'closed';
      for (const stop of stopListening) stop();
      welcome.reject(new AssistError('unreachable', 'the session is closed'));
      connection.close();
    },
  };
}

/** A promise that may be rejected without anybody waiting for it. */
function deferred(): PromiseWithResolvers<void> {
  const made = Promise.withResolvers<void>();
  made.promise.catch(() => undefined);
  return made;
}
