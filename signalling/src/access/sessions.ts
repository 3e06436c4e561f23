import { createHash, timingSafeEqual } from 'node:crypto';
import { AssistError, type StaffId, type StaffView } from '@bangban/protocol';
import type { Tokens } from './tokens.ts';

/** A member of staff, as far as signing in is concerned. */
export type StaffAccount = StaffView & { passwordHash: string; isDisabled: boolean };

export type StaffAccounts = {
  findByUserName(userName: string): Promise<StaffAccount | undefined>;
  findById(staffId: StaffId): Promise<StaffAccount | undefined>;
};

/** A staff session as it is stored: only hashes of refresh tokens. */
export type StoredSession = {
  sessionId: string;
  staffId: StaffId;
  refreshHash: string;
  /** The refresh token before the newest one, for two tabs that refresh at once. */
  previousHash: string | null;
  rotatedAtMs: number;
  expiresAtMs: number;
  endedAtMs: number | null;
};

export type SessionStore = {
  insert(session: StoredSession): Promise<void>;
  find(sessionId: string): Promise<StoredSession | undefined>;
  /** Replaces the refresh hash where it still is `fromHash`; false when somebody else was faster. */
  rotate(sessionId: string, change: { fromHash: string; toHash: string; atMs: number }): Promise<boolean>;
  /** Marks the session as ended; false when it was already. */
  end(sessionId: string, atMs: number): Promise<boolean>;
  /** Forgets sessions that ended or expired before this time. */
  forget(beforeMs: number): Promise<void>;
};

type SessionEnd = 'signed-out' | 'revoked';

/** What a sign-in or a refresh gives. `refreshToken` is null where the browser already holds the newest one. */
export type Granted = { accessToken: string; expiresInSeconds: number; refreshToken: string | null; staff: StaffView };

/** Staff sessions: an access token of minutes, renewed by a refresh token that works once. */
export type Sessions = {
  start(staff: StaffAccount): Promise<Granted & { refreshToken: string }>;
  /** @throws AssistError `unauthenticated`; reuse of an old refresh token also ends the session */
  refresh(refreshToken: string): Promise<Granted>;
  /** Ends the session that the refresh token belongs to. @throws AssistError `unauthenticated` */
  signOut(refreshToken: string): Promise<{ staffId: StaffId }>;
  isLive(sessionId: string): Promise<boolean>;
  /** Runs when a session ends before its time. Returns the unsubscription. */
  onEnded(listener: (sessionId: string, staffId: StaffId, reason: SessionEnd) => void): () => void;
};

/** Two tabs of one browser may refresh at the same moment with the same cookie. */
const sameBrowserGraceMs = 10_000;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const isSame = (left: string, right: string | null) =>
  right !== null && left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

export function createSessions(options: {
  store: SessionStore;
  accounts: StaffAccounts;
  tokens: Pick<Tokens, 'signStaff'>;
  now(): number;
  randomId(): string;
  accessTokenSeconds: number;
  sessionMs: number;
}): Sessions {
  const { store, accounts, tokens, now, randomId } = options;
  const listeners = new Set<(sessionId: string, staffId: StaffId, reason: SessionEnd) => void>();

  const refused = (why: string) => new AssistError('unauthenticated', `the refresh token does not count: ${why}`);
  const newRefreshToken = (sessionId: string) => `${sessionId}.${randomId()}${randomId()}`;

  function grant<Refresh extends string | null>(account: StaffAccount, sessionId: string, refreshToken: Refresh) {
    const { passwordHash: _hash, isDisabled: _disabled, ...staff } = account;
    const accessToken = tokens.signStaff({ staffId: staff.staffId, role: staff.role, sessionId });
    return { accessToken, expiresInSeconds: options.accessTokenSeconds, refreshToken, staff };
  }

  async function end(session: StoredSession, reason: SessionEnd): Promise<void> {
    if (!(await store.end(session.sessionId, now()))) return;
    for (const listener of listeners) listener(session.sessionId, session.staffId, reason);
  }

  /** The live session of a refresh token, and whether the token is the newest one. */
  async function identify(refreshToken: string): Promise<{ session: StoredSession; token: 'newest' | 'previous' }> {
    const [sessionId] = refreshToken.split('.', 1);
    const session = sessionId ? await store.find(sessionId) : undefined;
    if (!session || session.endedAtMs !== null || session.expiresAtMs <= now()) throw refused('no such session');
    const hash = hashOf(refreshToken);
    if (isSame(hash, session.refreshHash)) return { session, token: 'newest' };
    if (isSame(hash, session.previousHash) && now() - session.rotatedAtMs <= sameBrowserGraceMs) {
      return { session, token: 'previous' };
    }
    // Whoever holds an old token has a copy: either they or the rightful owner is a thief. Nobody keeps the session.
    await end(session, 'revoked');
    throw refused('it was used before');
  }

  return {
    async start(account) {
      const sessionId = randomId();
      const refreshToken = newRefreshToken(sessionId);
      await store.forget(now() - options.sessionMs);
      await store.insert({
        sessionId,
        staffId: account.staffId,
        refreshHash: hashOf(refreshToken),
        previousHash: null,
        rotatedAtMs: now(),
        expiresAtMs: now() + options.sessionMs,
        endedAtMs: null,
      });
      return grant(account, sessionId, refreshToken);
    },

    async refresh(refreshToken) {
      const { session, token } = await identify(refreshToken);
      const account = await accounts.findById(session.staffId);
      if (!account || account.isDisabled) {
        await end(session, 'revoked');
        throw refused('the account is gone or disabled');
      }
      if (token === 'previous') return grant(account, session.sessionId, null);
      const next = newRefreshToken(session.sessionId);
      const rotation = { fromHash: session.refreshHash, toHash: hashOf(next), atMs: now() };
      const isRotated = await store.rotate(session.sessionId, rotation);
      return grant(account, session.sessionId, isRotated ? next : null);
    },

    async signOut(refreshToken) {
      const { session } = await identify(refreshToken);
      await end(session, 'signed-out');
      return { staffId: session.staffId };
    },

    async isLive(sessionId) {
      const session = await store.find(sessionId);
      return session !== undefined && session.endedAtMs === null && session.expiresAtMs > now();
    },

    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
