import type { StaffSession } from '@bangban/protocol';
import { AssistError, type ErrorCode } from '@bangban/protocol/plain';
import { describe, expect, it } from 'vitest';
import { createFakeTime, settle } from '../../test/fake-timers.ts';
import { staffView } from '../../test/views.ts';
import { createSession } from './session.ts';

function sessionWith(refresh: () => Promise<StaffSession>, signIn = refresh) {
  const time = createFakeTime();
  const calls = { refresh: 0, signOut: 0, exclusive: 0 };
  const session = createSession({
    api: {
      signIn,
      refresh: () => {
        calls.refresh += 1;
        return refresh();
      },
      signOut: async () => {
        calls.signOut += 1;
        throw new AssistError('unreachable', 'test');
      },
    },
    timers: time.timers,
    monotonicMs: time.nowMs,
    exclusively: (run) => {
      calls.exclusive += 1;
      return run();
    },
  });
  return { session, time, calls };
}

let issued = 0;
const granted = async (): Promise<StaffSession> => {
  issued += 1;
  return { accessToken: `token-${issued}`, expiresInSeconds: 600, staff: staffView('agent') };
};
const refusedWith = (code: ErrorCode, retryAfterMs?: number) => async (): Promise<never> => {
  throw new AssistError(code, 'test', retryAfterMs === undefined ? {} : { retryAfterMs });
};

describe('session (CONSOLE)', () => {
  it('[CONSOLE-1] comes back by the refresh cookie', async () => {
    const { session } = sessionWith(granted);
    expect(session.get()).toEqual({ state: 'restoring', problem: null });
    await settle();
    expect(session.get()).toMatchObject({ state: 'signed-in', staff: { userName: 'agent' } });
  });

  it('[CONSOLE-1] without a cookie nobody is signed in, and nothing is complained about', async () => {
    const { session } = sessionWith(refusedWith('unauthenticated'));
    await settle();
    expect(session.get()).toEqual({ state: 'signed-out', signingIn: false, problem: null, notice: null });
  });

  it('[CONSOLE-1] waits for a server that cannot be reached', async () => {
    let isUp = false;
    const { session, time } = sessionWith(() => (isUp ? granted() : refusedWith('unreachable')()));
    await settle();
    expect(session.get()).toEqual({ state: 'restoring', problem: { code: 'unreachable' } });
    isUp = true;
    await time.pass(3_000);
    expect(session.get()).toMatchObject({ state: 'signed-in' });
  });

  it('[CONSOLE-2] says why a sign-in was refused, and for how long', async () => {
    const { session } = sessionWith(refusedWith('unauthenticated'), refusedWith('rate-limited', 27_000));
    await settle();
    await session.signIn({ userName: 'agent1', password: 'x' });
    expect(session.get()).toMatchObject({
      state: 'signed-out',
      signingIn: false,
      problem: { code: 'rate-limited', retryAfterMs: 27_000 },
    });
  });

  it('[CONSOLE-3] renews before the token expires, and tells the new one', async () => {
    const { session, time } = sessionWith(granted);
    await settle();
    const before = await session.accessToken();
    const renewed: string[] = [];
    session.onRenewed((token) => renewed.push(token));
    await time.pass(421_000);
    expect(renewed).toHaveLength(1);
    expect(await session.accessToken()).toBe(renewed[0]);
    expect(renewed[0]).not.toBe(before);
  });

  it('[CONSOLE-3] a renewal that cannot reach the server is tried again', async () => {
    let isUp = true;
    const { session, time } = sessionWith(() => (isUp ? granted() : refusedWith('unreachable')()));
    await settle();
    const renewed: string[] = [];
    session.onRenewed((token) => renewed.push(token));
    isUp = false;
    await time.pass(430_000);
    expect(session.get()).toMatchObject({ state: 'signed-in' });
    isUp = true;
    await time.pass(3_000);
    expect(renewed).toHaveLength(1);
  });

  it('[CONSOLE-3] a renewal that is refused ends at the sign-in page, with the reason', async () => {
    let isLive = true;
    const { session, time } = sessionWith(() => (isLive ? granted() : refusedWith('unauthenticated')()));
    await settle();
    isLive = false;
    await time.pass(421_000);
    expect(session.get()).toMatchObject({ state: 'signed-out', notice: 'token-expired' });
  });

  it('[CONSOLE-4] signs out here even when the server cannot be reached', async () => {
    const { session, calls, time } = sessionWith(granted);
    await settle();
    const done = session.signOut();
    expect(session.get()).toMatchObject({ state: 'signed-out', notice: null });
    await done;
    expect(calls.signOut).toBe(1);
    await time.pass(600_000);
    expect(calls.refresh).toBe(1);
  });

  it('[CONSOLE-5] everybody who needs a token at once gets the same refresh', async () => {
    const { session, calls } = sessionWith(granted);
    await settle();
    session.distrustToken();
    const [first, second] = await Promise.all([session.accessToken(), session.accessToken()]);
    expect(first).toBe(second);
    expect(calls).toMatchObject({ refresh: 2, exclusive: 2 });
  });
});
