import type { ErrorCode, SessionEndReason } from '@bangban/protocol/plain';
import type { StaffConnection } from '@bangban/signalling/client';
import { createSession, type Session, type SessionParts } from './connection/session.ts';
import { createDisposer } from './ui/disposer.ts';
import { createStore, type Readable } from './ui/store.ts';
import { createWorkplace, type Workplace, type WorkplaceParts } from './workplace.ts';

/** Why there is no workplace although somebody is signed in. */
export type StoppedReason =
  | { by: 'refusal'; code: ErrorCode }
  | { by: 'session-end'; reason: Extract<SessionEndReason, 'replaced' | 'flooding'> };

export type ConsoleState =
  /** Nobody is signed in yet, or no longer: the session's own state says which. */
  { state: 'signed-out' } | { state: 'working'; workplace: Workplace } | { state: 'stopped'; why: StoppedReason };

/** The whole console: who is signed in, and the workplace that belongs to it. */
export type Console = Readable<ConsoleState> & {
  session: Session;
  /** After `stopped`: a new connection in this tab. */
  resume(): void;
  signOut(): Promise<void>;
  close(): void;
};

export type ConsoleParts = SessionParts &
  Omit<WorkplaceParts, 'connection'> & {
    connect(accessToken: () => Promise<string>): StaffConnection;
  };

/** Two endings by an expired token within this time are no coincidence: then the person signs in anew. */
const RESUME_AGAIN_MS = 30_000;

/** Starts with the session that the refresh cookie gives. */
export function createConsole(parts: ConsoleParts): Console {
  const session = createSession(parts);
  const store = createStore<ConsoleState>({ state: 'signed-out' });
  const disposer = createDisposer();
  let resumedAtMs = Number.NEGATIVE_INFINITY;

  const leave = (next: ConsoleState) => {
    const before = store.get();
    store.set(next);
    if (before.state === 'working') before.workplace.close();
  };

  const resumeOnce = () => {
    const nowMs = parts.monotonicMs();
    if (nowMs - resumedAtMs < RESUME_AGAIN_MS) return session.expel('token-expired');
    resumedAtMs = nowMs;
    session.distrustToken();
    enter();
  };

  const watch = (connection: StaffConnection) => {
    const now = connection.state();
    if (now.state === 'ended') {
      if (now.reason === 'signed-out' || now.reason === 'revoked') session.expel(now.reason);
      // The PC slept through the renewal: the cookie may still be good.
      else if (now.reason === 'token-expired') resumeOnce();
      else leave({ state: 'stopped', why: { by: 'session-end', reason: now.reason } });
    }
    if (now.state === 'refused' && !now.retrying) {
      if (now.code === 'unauthenticated') resumeOnce();
      else leave({ state: 'stopped', why: { by: 'refusal', code: now.code } });
    }
  };

  function enter(): void {
    const who = session.get();
    leave({ state: 'signed-out' });
    if (who.state !== 'signed-in') return;
    const connection = parts.connect(session.accessToken);
    store.set({ state: 'working', workplace: createWorkplace(who.staff.role, { ...parts, connection }) });
    connection.subscribe(() => watch(connection));
  }

  let signedInAs: string | null = null;
  disposer.add(
    session.close,
    () => leave({ state: 'signed-out' }),
    session.subscribe(() => {
      const now = session.get();
      const staffId = now.state === 'signed-in' ? now.staff.staffId : null;
      if (staffId === signedInAs) return;
      signedInAs = staffId;
      enter();
    }),
    session.onRenewed((accessToken) => {
      const now = store.get();
      if (now.state !== 'working' || now.workplace.connection.state().state !== 'connected') return;
      // An answer that is lost does no harm: at the next attempt to connect the newest token is used.
      now.workplace.connection.request('session:renew', { accessToken }).catch(() => undefined);
    }),
  );

  return {
    get: store.get,
    subscribe: store.subscribe,
    session,
    resume: enter,
    signOut: session.signOut,
    close: disposer.close,
  };
}
