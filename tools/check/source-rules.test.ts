import { describe, expect, it } from 'vitest';
import { pathProblems, sourceProblems } from './source-rules.ts';

const problemsIn = (path: string, text: string) => sourceProblems([{ path, text }]);

describe('sourceProblems', () => {
  it('lets only config.ts read the environment', () => {
    expect(problemsIn('sfu/src/room/room.ts', 'const port = process.env.PORT;')).toEqual([
      'sfu/src/room/room.ts:1: only config.ts reads the environment',
    ]);
    expect(problemsIn('sfu/src/config.ts', 'const port = process.env.PORT;')).toEqual([]);
  });

  it('lets only the clock adapter ask for the time', () => {
    expect(problemsIn('signalling/src/desk/desk.ts', '\nconst now = Date.now();')).toEqual([
      'signalling/src/desk/desk.ts:2: only the clock adapter asks what time it is',
    ]);
    expect(problemsIn('signalling/src/adapters/system-clock.ts', 'const now = Date.now();')).toEqual([]);
  });

  it('keeps timers out of what decides', () => {
    expect(problemsIn('signalling/src/queue/queue.ts', 'setTimeout(ring, 20_000);')).toHaveLength(1);
    expect(problemsIn('signalling/src/adapters/timers.ts', 'setTimeout(ring, 20_000);')).toEqual([]);
  });

  it('reads code, not comments', () => {
    expect(problemsIn('sfu/src/room/room.ts', ' * never process.exit() here')).toEqual([]);
  });
});

describe('pathProblems', () => {
  it('refuses names that take in anything', () => {
    expect(pathProblems(['sfu/src/utils/a.ts', 'sfu/src/common.ts', 'sfu/src/shared-secret.ts'])).toHaveLength(2);
  });

  it('refuses two decisions with one number', () => {
    expect(pathProblems(['docs/adr/0001-a.md', 'docs/adr/0001-b.md', 'docs/adr/notes.md'])).toEqual([
      'docs/adr/0001-b.md: docs/adr/0001-a.md has the same number',
      'docs/adr/notes.md: a decision record is named 0001-what-was-decided.md',
    ]);
  });
});
