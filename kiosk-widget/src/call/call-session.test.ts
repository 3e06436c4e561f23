import type { CallId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { active, callId, queued, settle, stageCall, stateAt } from './testing.ts';

describe('versions', () => {
  it('[WIDGET-21] ignores an older view and a view of another call', async () => {
    const staged = stageCall();
    await staged.enter(active({ version: 5 }));
    staged.server().emit('call:changed', queued({ version: 4 }));
    staged.server().emit('call:changed', queued({ version: 9, callId: 'call-0002' as CallId }));
    expect(stateAt(staged, 'talking').view.version).toBe(5);
  });

  it('[WIDGET-22] takes the waiting figures of the version that it holds', async () => {
    const staged = stageCall();
    await staged.enter();
    const estimate = { state: 'range', lowSeconds: 60, highSeconds: 120 } as const;
    staged.server().emit('queue:moved', { callId, version: 1, position: 2, estimate });
    expect(stateAt(staged, 'waiting').view).toMatchObject({ position: 2, estimate, version: 1 });
  });

  it('[WIDGET-22] asks once for a snapshot when figures are of a newer version, and ignores older ones', async () => {
    const staged = stageCall();
    await staged.enter(queued({ version: 3 }));
    const estimate = { state: 'unknown', why: 'no-agent-on-duty' } as const;
    const snapshot = Promise.withResolvers<ReturnType<typeof queued>>();
    staged.server().answer('call:snapshot', () => snapshot.promise);
    staged.server().emit('queue:moved', { callId, version: 2, position: 9, estimate });
    staged.server().emit('queue:moved', { callId, version: 5, position: 2, estimate });
    staged.server().emit('queue:moved', { callId, version: 5, position: 1, estimate });
    expect(stateAt(staged, 'waiting').view.position).toBe(3);
    expect(staged.server().requests.filter(({ name }) => name === 'call:snapshot')).toHaveLength(1);
    snapshot.resolve(queued({ version: 5, position: 1 }));
    await settle();
    expect(stateAt(staged, 'waiting').view).toMatchObject({ version: 5, position: 1 });
  });

  it('[WIDGET-22] loses the call when the snapshot says that there is none', async () => {
    const staged = stageCall();
    await staged.enter();
    staged.server().answer('call:snapshot', () => null);
    const estimate = { state: 'unknown', why: 'no-agent-on-duty' } as const;
    staged.server().emit('queue:moved', { callId, version: 2, position: 2, estimate });
    await settle();
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'connection-lost' });
  });
});

describe('asking for a call', () => {
  it('[WIDGET-20] sends one command, however often it is sent', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome();
    staged.controller.agree();
    await settle();
    await staged.timers.pass(500);
    staged.server().become({ state: 'reconnecting', sinceMs: 0 });
    staged.server().answer('call:request', () => queued());
    staged.server().become({ state: 'connected' });
    staged.welcome();
    await staged.timers.pass(500);
    expect(stateAt(staged, 'waiting').view.callId).toBe(callId);
    const commands = staged.server().requests.map(({ input }) => JSON.stringify(input));
    expect(commands.length).toBeGreaterThan(1);
    expect(new Set(commands).size).toBe(1);
  });

  it('[WIDGET-24] takes news of the call that come before the answer', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome();
    const answer = Promise.withResolvers<ReturnType<typeof queued>>();
    staged.server().answer('call:request', () => answer.promise);
    staged.controller.agree();
    await settle();
    staged.server().emit('call:changed', queued({ version: 2, ringing: true }));
    answer.resolve(queued({ version: 1 }));
    await settle();
    expect(stateAt(staged, 'waiting').view).toMatchObject({ version: 2, ringing: true });
  });

  it('[WIDGET-32] gives up after 20 s and ends the call that was made nevertheless', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome();
    const answer = Promise.withResolvers<ReturnType<typeof queued>>();
    staged.server().answer('call:request', () => answer.promise);
    staged.controller.agree();
    await settle();
    await staged.timers.pass(20_000);
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'unreachable' });
    answer.resolve(queued());
    await settle();
    expect(staged.server().requests.at(-1)).toMatchObject({ name: 'call:end', input: { callId } });
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'unreachable' });
  });

  it('[WIDGET-33] shows a refused request', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome();
    staged.server().refuse('call:request', 'service-unknown');
    staged.controller.agree();
    await settle();
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'service-unknown' });
  });
});

describe('a connection that is lost', () => {
  it('[WIDGET-30] is a state of the call, which goes on when it is back', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.server().become({ state: 'reconnecting', sinceMs: 0 });
    expect(stateAt(staged, 'talking').link).toEqual({ state: 'down', sinceMs: 0 });
    expect(staged.media().isClosed()).toBe(false);
    await staged.timers.pass(40_000);
    staged.server().become({ state: 'connected' });
    staged.welcome(active({ version: 6 }));
    expect(stateAt(staged, 'talking')).toMatchObject({ link: { state: 'up' }, view: { version: 6 } });
    await staged.timers.pass(60_000);
    expect(staged.controller.state().at).toBe('talking');
  });

  it('[WIDGET-30] gives the call up after 65 s and wipes', async () => {
    const staged = stageCall();
    await staged.enter();
    staged.server().become({ state: 'reconnecting', sinceMs: 0 });
    await staged.timers.pass(64_000);
    expect(staged.controller.state().at).toBe('waiting');
    await staged.timers.pass(1_000);
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'connection-lost' });
    expect(staged.mark.held()).toBeNull();
    expect(staged.devices.report().camera.state).toBe('closed');
  });

  it('[WIDGET-23] loses the call when the welcome brings none, or another one', async () => {
    for (const call of [null, active({ callId: 'call-0002' as CallId })]) {
      const staged = stageCall();
      await staged.enter(active());
      staged.server().become({ state: 'reconnecting', sinceMs: 0 });
      staged.server().become({ state: 'connected' });
      staged.welcome(call);
      expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'connection-lost' });
    }
  });

  it('[WIDGET-31] waits out a passing refusal in a call, and tells somebody who only asks', async () => {
    const passing = { state: 'refused', code: 'draining', retrying: true } as const;
    const inCall = stageCall();
    await inCall.enter(active());
    inCall.server().become({ state: 'reconnecting', sinceMs: 0 });
    inCall.server().become(passing);
    expect(stateAt(inCall, 'talking').link).toEqual({ state: 'down', sinceMs: 0 });

    const asking = stageCall();
    asking.controller.open();
    asking.server().become(passing);
    expect(asking.controller.state()).toEqual({ at: 'failed', failure: 'draining' });
  });

  it('[WIDGET-33] ends with the session when the server ends it', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.server().become({ state: 'ended', reason: 'replaced' });
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'replaced' });
    expect(staged.media().isClosed()).toBe(true);
  });
});
