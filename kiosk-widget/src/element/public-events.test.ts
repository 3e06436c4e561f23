import { describe, expect, it } from 'vitest';
import type { HelpState } from '../call/state.ts';
import { active, agent, callId, queued, stageCall } from '../call/testing.ts';
import { publicEventsOf } from './public-events.ts';

/** Everything that a host page would have heard of these states. */
function heard(states: HelpState[]): string[] {
  return states.flatMap((after, index) =>
    publicEventsOf(states[index - 1] ?? { at: 'idle' }, after, 'yibao-jumin-canbao').map(({ name }) => name),
  );
}

describe('public events', () => {
  it('[WIDGET-50] tells of a whole call, each step once', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.server().emit('call:changed', { ...active({ version: 6 }), state: 'held' });
    staged.server().emit('call:changed', active({ version: 7 }));
    staged.controller.end();
    staged.controller.dismiss();
    expect(heard(staged.states)).toEqual([
      'bangban:requested',
      'bangban:queued',
      'bangban:answered',
      'bangban:ended',
      'bangban:wiped',
    ]);
  });

  it('[WIDGET-50] tells of a second agent when the call came back to the queue', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.server().emit('call:changed', queued({ version: 6, returned: true }));
    staged.server().emit('call:changed', active({ version: 7 }));
    expect(heard(staged.states).filter((name) => name === 'bangban:answered')).toHaveLength(2);
    expect(heard(staged.states).filter((name) => name === 'bangban:queued')).toHaveLength(1);
  });

  it('[WIDGET-50] says how it ended and by whom it was answered', () => {
    const muted = { microphone: false, camera: false };
    const devices = { camera: { state: 'closed' }, microphone: { state: 'closed' } } as const;
    const remote = { camera: null, microphone: null, screen: null };
    const ongoing = { link: { state: 'up' }, devices, muted } as const;
    const talking: HelpState = { ...ongoing, at: 'talking', view: active(), remote, media: 'fine' };
    const waiting: HelpState = { ...ongoing, at: 'waiting', view: queued() };
    expect(publicEventsOf(waiting, talking, '')).toEqual([{ name: 'bangban:answered', detail: { callId, agent } }]);
    const reasons = ([{ at: 'thanks' }, { at: 'idle' }, { at: 'failed', failure: 'unreachable' }] as const).map(
      (end) => publicEventsOf(talking, end, '')[0]?.detail,
    );
    expect(reasons).toEqual([
      { callId, reason: 'finished' },
      { callId, reason: 'cancelled' },
      { callId, reason: 'failed' },
    ]);
  });

  it('[WIDGET-50] says nothing of somebody who only looked', () => {
    expect(heard([{ at: 'consent' }, { at: 'idle' }])).toEqual([]);
  });
});
