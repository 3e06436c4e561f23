import { AssistError } from '@bangban/protocol/plain';
import { describe, expect, it } from 'vitest';
import { createFakeTime, settle } from '../../test/fake-timers.ts';
import { createSequencedFeed, type FeedState, SNAPSHOT_RETRY_MS } from './sequenced-feed.ts';

type Snapshot = { sequence: number; all: string };
type Change = { sequence: number; one: string };

function feedOf() {
  const time = createFakeTime();
  const told: FeedState['state'][] = [];
  const asked: { resolve(list: Snapshot): void; reject(error: unknown): void }[] = [];
  let held = '';
  const feed = createSequencedFeed<Snapshot, Change>({
    snapshot: () => new Promise((resolve, reject) => asked.push({ resolve, reject })),
    replace: ({ all }) => {
      held = all;
    },
    apply: ({ one }) => {
      held += one;
    },
    tell: ({ state }) => told.push(state),
    timers: time.timers,
  });
  return { feed, time, told, asked, held: () => held };
}

describe('sequenced feed (CONSOLE)', () => {
  it('[CONSOLE-10] applies changes in sequence without asking for anything', () => {
    const { feed, asked, held } = feedOf();
    feed.welcome({ sequence: 7, all: 'a' });
    feed.changed({ sequence: 8, one: 'b' });
    feed.changed({ sequence: 8, one: 'again' });
    feed.changed({ sequence: 3, one: 'old' });
    expect(held()).toBe('ab');
    expect(asked).toHaveLength(0);
  });

  it('[CONSOLE-10] a gap brings a snapshot, and what arrives meanwhile is applied to it', async () => {
    const { feed, asked, held, told } = feedOf();
    feed.welcome({ sequence: 1, all: 'a' });
    feed.changed({ sequence: 3, one: 'c' });
    feed.changed({ sequence: 4, one: 'd' });
    expect(told.at(-1)).toBe('catching-up');
    asked[0]?.resolve({ sequence: 3, all: 'abc' });
    await settle();
    expect(held()).toBe('abcd');
    expect(told.at(-1)).toBe('current');
  });

  it('[CONSOLE-10] a gap within what arrived meanwhile brings another snapshot', async () => {
    const { feed, asked, held } = feedOf();
    feed.welcome({ sequence: 1, all: 'a' });
    feed.changed({ sequence: 3, one: 'c' });
    feed.changed({ sequence: 9, one: 'i' });
    asked[0]?.resolve({ sequence: 3, all: 'abc' });
    await settle();
    expect(asked).toHaveLength(2);
    asked[1]?.resolve({ sequence: 9, all: 'abcdefghi' });
    await settle();
    expect(held()).toBe('abcdefghi');
  });

  it('[CONSOLE-10] the list of a new connection makes a snapshot that is on its way old', async () => {
    const { feed, asked, held } = feedOf();
    feed.welcome({ sequence: 1, all: 'a' });
    feed.changed({ sequence: 5, one: 'e' });
    feed.welcome({ sequence: 2, all: 'new' });
    asked[0]?.resolve({ sequence: 5, all: 'abcde' });
    await settle();
    expect(held()).toBe('new');
  });

  it('[CONSOLE-11] a refused snapshot is asked for again', async () => {
    const { feed, asked, told, time, held } = feedOf();
    feed.welcome({ sequence: 1, all: 'a' });
    feed.changed({ sequence: 3, one: 'c' });
    asked[0]?.reject(new AssistError('rate-limited', 'test'));
    await settle();
    expect(told.at(-1)).toBe('failed');
    expect(held()).toBe('a');
    await time.pass(SNAPSHOT_RETRY_MS);
    asked[1]?.resolve({ sequence: 3, all: 'abc' });
    await settle();
    expect([told.at(-1), held()]).toEqual(['current', 'abc']);
  });

  it('[CONSOLE-11] asks for nothing after it was closed', async () => {
    const { feed, asked, time } = feedOf();
    feed.catchUp();
    feed.close();
    asked[0]?.reject(new AssistError('unreachable', 'test'));
    await time.pass(SNAPSHOT_RETRY_MS * 3);
    expect(asked).toHaveLength(1);
  });
});
