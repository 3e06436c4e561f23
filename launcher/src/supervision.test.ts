import { describe, expect, it } from 'vitest';
import {
  beginSupervision,
  restartDelayMs,
  type Supervision,
  type SupervisionEffect,
  type SupervisionEvent,
  superviseStep,
} from './supervision.ts';

/** Plays events one after the other and keeps every effect that the last one had. */
function play(...events: readonly (SupervisionEvent & { at?: number })[]): {
  supervision: Supervision;
  effects: SupervisionEffect[];
} {
  let step = beginSupervision(0);
  for (const { at = 0, ...event } of events) step = superviseStep(step.supervision, event, at);
  return step;
}

const bothReady: SupervisionEvent[] = [
  { type: 'role-ready', role: 'sfu' },
  { type: 'role-ready', role: 'signalling' },
];
const exited = (role: 'signalling' | 'sfu', at = 0) =>
  ({ type: 'role-exited', role, ending: 'signal SIGKILL', at }) as const;

describe('starting', () => {
  it('[LAUNCH-1] every role is started at once', () => {
    expect(play().effects).toEqual([
      { type: 'spawn', role: 'signalling' },
      { type: 'spawn', role: 'sfu' },
    ]);
  });

  it('[LAUNCH-2] readiness is announced once, when the last role is ready', () => {
    expect(play({ type: 'role-ready', role: 'sfu' }).effects).toEqual([]);
    expect(play(...bothReady).effects).toEqual([{ type: 'announce-ready' }]);
    expect(play(...bothReady, exited('sfu'), { type: 'role-ready', role: 'sfu' }).effects).toEqual([
      { type: 'announce-return', role: 'sfu' },
    ]);
  });

  it('[LAUNCH-3] a role that cannot start ends the launcher with its sentence and code 1', () => {
    const cannotStart: SupervisionEvent = {
      type: 'role-cannot-start',
      role: 'signalling',
      message: 'Port 3000 is taken.',
    };
    expect(play(cannotStart).effects).toEqual([
      { type: 'announce-failure', message: 'Port 3000 is taken.' },
      { type: 'start-drain-timer' },
      { type: 'terminate', role: 'signalling' },
    ]);
    expect(play(cannotStart, exited('signalling')).effects).toEqual([{ type: 'terminate', role: 'sfu' }]);
    expect(play(cannotStart, exited('signalling'), exited('sfu')).effects).toEqual([{ type: 'exit', code: 1 }]);
  });

  it('[LAUNCH-3] once the launcher has been ready, a role that cannot start is tried again like one that died', () => {
    const cannotStart: SupervisionEvent = { type: 'role-cannot-start', role: 'sfu', message: 'Port 40000 is taken.' };
    expect(play(...bothReady, exited('sfu'), cannotStart).effects).toEqual([]);
    expect(play(...bothReady, exited('sfu'), cannotStart, exited('sfu')).effects).toContainEqual({
      type: 'spawn-later',
      role: 'sfu',
      delayMs: 100,
    });
  });

  it('[LAUNCH-4] a role that dies three times before the launcher is ready ends it', () => {
    const { effects } = play(exited('sfu'), exited('sfu'), { type: 'delay-over', role: 'sfu' }, exited('sfu'));
    expect(effects[0]).toEqual({
      type: 'announce-failure',
      message: 'sfu ended 3 times before it was ready (signal SIGKILL).',
    });
    expect(effects.at(-1)).toEqual({ type: 'terminate', role: 'signalling' });
  });
});

describe('keeping roles running', () => {
  it('[LAUNCH-5] the first restart is immediate, later ones wait 100 ms, doubling up to 5 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map(restartDelayMs)).toEqual([
      0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000,
    ]);
    expect(play(...bothReady, exited('signalling')).effects).toEqual([
      { type: 'announce-death', role: 'signalling', ending: 'signal SIGKILL', delayMs: 0 },
      { type: 'spawn', role: 'signalling' },
    ]);
  });

  it('[LAUNCH-5] a role that waits is started when its delay is over, once', () => {
    const waiting = [...bothReady, exited('sfu'), exited('sfu')];
    expect(play(...waiting, { type: 'delay-over', role: 'sfu' }).effects).toEqual([{ type: 'spawn', role: 'sfu' }]);
    expect(play(...waiting, { type: 'delay-over', role: 'sfu' }, { type: 'delay-over', role: 'sfu' }).effects).toEqual(
      [],
    );
  });

  it('[LAUNCH-6] a role that lived for 30 s is forgiven its earlier deaths', () => {
    const diedTwice = [
      ...bothReady,
      exited('sfu'),
      exited('sfu'),
      { type: 'delay-over', role: 'sfu', at: 100 } as const,
    ];
    expect(play(...diedTwice, exited('sfu', 30_099)).effects).toContainEqual({
      type: 'spawn-later',
      role: 'sfu',
      delayMs: 200,
    });
    expect(play(...diedTwice, exited('sfu', 30_100)).effects).toContainEqual({ type: 'spawn', role: 'sfu' });
  });

  it('[LAUNCH-8] the other role is not touched by one role’s death', () => {
    const { supervision } = play(...bothReady, exited('signalling'));
    expect(supervision.roles.sfu.state).toBe('ready');
  });
});

describe('ending', () => {
  const stop: SupervisionEvent = { type: 'stop-requested' };

  it('[LAUNCH-9] signalling ends first, the sfu when it is gone, then the launcher with code 0', () => {
    expect(play(...bothReady, stop).effects).toEqual([
      { type: 'start-drain-timer' },
      { type: 'terminate', role: 'signalling' },
    ]);
    expect(play(...bothReady, stop, exited('signalling')).effects).toEqual([{ type: 'terminate', role: 'sfu' }]);
    expect(play(...bothReady, stop, exited('signalling'), exited('sfu')).effects).toEqual([{ type: 'exit', code: 0 }]);
  });

  it('[LAUNCH-10] a role that dies or waits while the launcher stops is not started again', () => {
    expect(play(...bothReady, stop, exited('sfu')).effects).toEqual([]);
    const waiting = play(...bothReady, exited('sfu'), exited('sfu'), stop, exited('signalling'));
    expect(waiting.effects).toEqual([{ type: 'exit', code: 0 }]);
    expect(superviseStep(waiting.supervision, { type: 'delay-over', role: 'sfu' }, 0).effects).toEqual([]);
  });

  it('[LAUNCH-11] the end of the drain time and a second request kill what still runs', () => {
    const killBoth = [
      { type: 'kill', role: 'signalling' },
      { type: 'kill', role: 'sfu' },
    ];
    expect(play(...bothReady, stop, { type: 'drain-over' }).effects).toEqual(killBoth);
    expect(play(...bothReady, stop, stop).effects).toEqual(killBoth);
    expect(play(...bothReady, stop, exited('signalling'), stop).effects).toEqual([{ type: 'kill', role: 'sfu' }]);
  });
});
