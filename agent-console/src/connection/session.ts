import type { StaffSession, StaffView } from '@bangban/protocol';
import type { SessionEndReason } from '@bangban/protocol/plain';
import { type Problem, toProblem } from '../errors/problem.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { Timers } from '../ui/timers.ts';

/** What the session asks of the HTTP API. Rejects with an `AssistError`. */
export type SessionApi = {
  signIn(credentials: { userName: string; password: string }): Promise<StaffSession>;
  refresh(): Promise<StaffSession>;
  signOut(): Promise<void>;
};

/** Why somebody who was signed in finds themselves at the sign-in page. */
export type SignedOutNotice = Extract<SessionEndReason, 'signed-out' | 'revoked' | 'token-expired'>;

/*
 *  restoring ──▶ signed-in ⇄ signed-out
 *      └──────────────────────▲
 */
export type SessionState =
  /** The page was (re)loaded: the refresh cookie is tried. `problem` is set while the server cannot be reached. */
  | { state: 'restoring'; problem: Problem | null }
  | { state: 'signed-out'; signingIn: boolean; problem: Problem | null; notice: SignedOutNotice | null }
  | { state: 'signed-in'; staff: StaffView };

/** Who is signed in here, and the access token: in memory only. */
export type Session = Readable<SessionState> & {
  signIn(credentials: { userName: string; password: string }): Promise<void>;
  /** Ends the session everywhere. Signs out here even when the server cannot be reached. */
  signOut(): Promise<void>;
  /** The server ended the session. */
  expel(notice: SignedOutNotice): void;
  /** An access token that is good for a handshake now; renewed first where it is nearly over. */
  accessToken(): Promise<string>;
  /** The server refused the access token that is held here: the next one is a renewed one. */
  distrustToken(): void;
  /** Runs with every renewed access token. Returns the unsubscription. */
  onRenewed(listener: (accessToken: string) => void): () => void;
  close(): void;
};

export type SessionParts = {
  api: SessionApi;
  timers: Timers;
  monotonicMs(): number;
  /**
   * Runs one refresh at a time over all tabs of this browser: they share the cookie, and using one refresh token twice
   * ends the session.
   */
  exclusively<Result>(run: () => Promise<Result>): Promise<Result>;
};

/** A token with less life than this is renewed before it is used. */
const FRESH_MS = 30_000;
/** Renewed after this part of its life: two more attempts fit before it ends. */
const RENEW_AT = 0.7;
const RETRY_MS = 3_000;

/** Starts by trying the refresh cookie. */
export function createSession({ api, timers, monotonicMs, exclusively }: SessionParts): Session {
  const store = createStore<SessionState>({ state: 'restoring', problem: null });
  const renewedListeners = new Set<(accessToken: string) => void>();
  let token: { value: string; expiresAtMs: number } | null = null;
  let refreshing: Promise<string> | null = null;
  let cancelTimer = () => {};

  const signedOut = (facts: { problem?: Problem; notice?: SignedOutNotice }) => {
    cancelTimer();
    token = null;
    store.set({
      state: 'signed-out',
      signingIn: false,
      problem: facts.problem ?? null,
      notice: facts.notice ?? null,
    });
  };

  const adopt = (session: StaffSession) => {
    const lifeMs = session.expiresInSeconds * 1_000;
    token = { value: session.accessToken, expiresAtMs: monotonicMs() + lifeMs };
    cancelTimer();
    cancelTimer = timers.after(lifeMs * RENEW_AT, renew);
    const before = store.get();
    if (before.state !== 'signed-in' || before.staff.staffId !== session.staff.staffId)
      store.set({ state: 'signed-in', staff: session.staff });
  };

  const refresh = (): Promise<string> => {
    refreshing ??= exclusively(() => api.refresh())
      .then((session) => {
        // The first token of a session is asked for by whoever connects with it.
        const isRenewal = store.get().state === 'signed-in';
        adopt(session);
        if (isRenewal) for (const listener of [...renewedListeners]) listener(session.accessToken);
        return session.accessToken;
      })
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  };

  const failedForGood = ({ code }: Problem) => code === 'unauthenticated' || code === 'forbidden';

  function renew(): void {
    refresh().catch((thrown: unknown) => {
      const problem = toProblem(thrown);
      const now = store.get();
      if (now.state === 'signed-out') return;
      if (failedForGood(problem)) return signedOut(now.state === 'signed-in' ? { notice: 'token-expired' } : {});
      if (now.state === 'restoring') store.set({ state: 'restoring', problem });
      cancelTimer = timers.after(RETRY_MS, renew);
    });
  }

  renew();

  return {
    get: store.get,
    subscribe: store.subscribe,
    async signIn(credentials) {
      store.set({ state: 'signed-out', signingIn: true, problem: null, notice: null });
      try {
        adopt(await api.signIn(credentials));
      } catch (thrown) {
        signedOut({ problem: toProblem(thrown) });
      }
    },
    async signOut() {
      signedOut({});
      // The connection is closed by now and the token forgotten; an unreachable server lets the rest of the session lapse.
      await api.signOut().catch(() => undefined);
    },
    expel: (notice) => signedOut({ notice }),
    async accessToken() {
      if (token !== null && token.expiresAtMs - monotonicMs() > FRESH_MS) return token.value;
      try {
        return await refresh();
      } catch (thrown) {
        if (failedForGood(toProblem(thrown)) && store.get().state === 'signed-in')
          signedOut({ notice: 'token-expired' });
        throw thrown;
      }
    },
    distrustToken() {
      token = null;
    },
    onRenewed(listener) {
      renewedListeners.add(listener);
      return () => renewedListeners.delete(listener);
    },
    close: () => cancelTimer(),
  };
}
