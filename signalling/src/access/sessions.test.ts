import { StaffId } from '@bangban/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSessions, type Sessions, type StaffAccount, type StoredSession } from './sessions.ts';

const account: StaffAccount = {
  staffId: StaffId.parse('staff-agent1'),
  userName: 'agent1',
  displayName: '陈雨桐',
  number: '6018',
  role: 'agent',
  skills: [],
  languages: ['zh-CN'],
  passwordHash: 'hash',
  isDisabled: false,
};

let now: number;
let stored: Map<string, StoredSession>;
let current: StaffAccount | undefined;
let sessions: Sessions;
let ended: unknown[];
beforeEach(() => {
  now = 1_790_000_000_000;
  stored = new Map();
  current = account;
  ended = [];
  let ids = 0;
  sessions = createSessions({
    store: {
      insert: async (session) => void stored.set(session.sessionId, session),
      find: async (sessionId) => stored.get(sessionId),
      async rotate(sessionId, { fromHash, toHash, atMs }) {
        const session = stored.get(sessionId);
        if (session?.refreshHash !== fromHash) return false;
        stored.set(sessionId, { ...session, refreshHash: toHash, previousHash: fromHash, rotatedAtMs: atMs });
        return true;
      },
      async end(sessionId, atMs) {
        const session = stored.get(sessionId);
        if (!session || session.endedAtMs !== null) return false;
        stored.set(sessionId, { ...session, endedAtMs: atMs });
        return true;
      },
      forget: async () => undefined,
    },
    accounts: { findById: async () => current, findByUserName: async () => current },
    tokens: { signStaff: ({ sessionId }) => `access-${sessionId}` },
    now: () => now,
    randomId: () => `id${++ids}`,
    accessTokenSeconds: 600,
    sessionMs: 3_600_000,
  });
  sessions.onEnded((...end) => ended.push(end));
});

const refused = { code: 'unauthenticated' };

describe('sessions (ACCESS)', () => {
  it('[ACCESS-7] a refresh token works once and gives the next one', async () => {
    const first = await sessions.start(account);
    const second = await sessions.refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const third = await sessions.refresh(second.refreshToken ?? '');
    expect(third.accessToken).toBe(first.accessToken);
  });

  it('[ACCESS-7] an old refresh token that comes back ends the session for everybody', async () => {
    const { refreshToken } = await sessions.start(account);
    const { refreshToken: newest } = await sessions.refresh(refreshToken);
    now += 10_001;
    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(refused);
    await expect(sessions.refresh(newest ?? '')).rejects.toMatchObject(refused);
    expect(ended).toEqual([['id1', account.staffId, 'revoked']]);
  });

  it('[ACCESS-7] two tabs may refresh at once: the second gets an access token, the cookie stays', async () => {
    const { refreshToken } = await sessions.start(account);
    const [first, second] = await Promise.all([sessions.refresh(refreshToken), sessions.refresh(refreshToken)]);
    expect([first.refreshToken === null, second.refreshToken === null].sort()).toEqual([false, true]);
    expect(ended).toEqual([]);
  });

  it('[ACCESS-7] stores hashes only', async () => {
    const { refreshToken } = await sessions.start(account);
    expect(JSON.stringify([...stored.values()])).not.toContain(refreshToken.split('.')[1]);
  });

  it('[ACCESS-8] signing out ends the session once, and says so', async () => {
    const { refreshToken } = await sessions.start(account);
    expect(await sessions.isLive('id1')).toBe(true);
    await sessions.signOut(refreshToken);
    expect(await sessions.isLive('id1')).toBe(false);
    await expect(sessions.signOut(refreshToken)).rejects.toMatchObject(refused);
    expect(ended).toEqual([['id1', account.staffId, 'signed-out']]);
  });

  it('[ACCESS-8] a session ends by itself, whatever is refreshed', async () => {
    const { refreshToken } = await sessions.start(account);
    now += 3_599_000;
    const { refreshToken: newest } = await sessions.refresh(refreshToken);
    now += 1_000;
    await expect(sessions.refresh(newest ?? '')).rejects.toMatchObject(refused);
    expect(await sessions.isLive('id1')).toBe(false);
  });

  it('[ACCESS-8] a disabled account keeps no session', async () => {
    const { refreshToken } = await sessions.start(account);
    current = { ...account, isDisabled: true };
    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(refused);
    expect(ended).toHaveLength(1);
  });

  it.each(['', '.', 'id1', 'id1.', 'nobody.x', 'id1.x.y'])(
    '[ACCESS-7] refuses the invented token %j',
    async (token) => {
      await sessions.start(account);
      await expect(sessions.refresh(token)).rejects.toMatchObject(refused);
    },
  );
});
