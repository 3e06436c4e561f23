import { AssistError, type CallId, type SfuId } from '@bangban/protocol';
import type { Log } from '../logging/log.ts';
import { replay } from './command-memory.ts';
import { createDeadlineTimers } from './deadline-timers.ts';
import type { AnyCommand, Deciding } from './deciding.ts';
import { deliver } from './delivery.ts';
import { type DeskConfig, defaultDeskConfig } from './desk-config.ts';
import { createReads } from './desk-reads.ts';
import { type DeskStore, StaleRevision } from './desk-store.ts';
import { createDeskTime } from './desk-time.ts';
import { Inbox, isFact, storeUnavailable, type Waiter } from './inbox.ts';
import { judgeAll, type Verdict } from './judge.ts';
import type { ListSequences } from './list-sequences.ts';
import { changeOf, liveFrom } from './live.ts';
import { prepareRooms } from './media.ts';
import type { Clock, Desk, DeskOutlet, MediaControl, Timers } from './ports.ts';
import { Turn } from './turn.ts';
import { createWaitingFigures } from './waiting-figures.ts';

export type DeskParts = {
  store: DeskStore;
  clock: Clock;
  timers: Timers;
  /** Random, from the id alphabet of the protocol. */
  newId: () => string;
  outlet: DeskOutlet;
  media: MediaControl;
  config?: Partial<DeskConfig>;
  log: Log;
};

/** Commands that share one commit at most: enough for any burst, few enough that sockets are served in between. */
const MOST_PER_TURN = 500;

/**
 * The only writer of live state. Commands that come in one turn of the event loop are decided one after another and
 * committed together; then their effects are performed in order, then they are answered.
 *
 * Resolves when the state of the last run is loaded; kiosks and agents count as absent until they connect.
 */
export async function createDesk(parts: DeskParts): Promise<Desk> {
  const { store, clock, timers, outlet, media, log } = parts;
  const config: DeskConfig = { ...defaultDeskConfig, ...parts.config };
  const load = async () => liveFrom(await store.load({ closedSinceMs: config.closedViewMs }), config);
  let live = await load();
  const time = createDeskTime(clock, live.committedAt);

  const inbox = new Inbox();
  const mediaServers = new Set<SfuId>();
  const sequences: ListSequences = { waiting: 0, floor: 0 };
  /** `suspended`: the last commit failed; `replaced`: another desk writes to the store. Then memory may be stale. */
  let health: 'well' | 'suspended' | 'replaced' | 'closed' = 'well';
  let isDraining = false;
  let isScheduled = false;
  let areFiguresDue = false;
  let running: Promise<void> | undefined;

  const deadlines = createDeadlineTimers({ timers, now: time.now, config, due: note });
  const figures = createWaitingFigures({ timers, now: time.now, config, outlet, sequences, due: tellFigures });
  const reads = createReads(() => live, time.now, sequences);

  function wake(): void {
    if (isScheduled || running || health !== 'well' || (inbox.isEmpty && !areFiguresDue)) return;
    isScheduled = true;
    timers.after(0, () => {
      isScheduled = false;
      if (running || health !== 'well') return;
      running = runTurn()
        .catch((error: unknown) => log.error({ err: error }, 'a turn of the desk failed'))
        .finally(() => {
          running = undefined;
          wake();
        });
    });
  }

  /** Between two turns, when all that is decided is durable. */
  function tellFigures(): void {
    areFiguresDue = true;
    wake();
  }

  /** Something the desk tells itself. What becomes of it shows in the state. */
  function note(command: AnyCommand): void {
    inbox.add(command).catch((error: unknown) => {
      const isRefusal = error instanceof AssistError;
      log[isRefusal ? 'debug' : 'error']({ err: error, command: command.type }, 'the desk refused its own command');
    });
    wake();
  }

  async function runTurn(): Promise<void> {
    const batch = inbox.take(MOST_PER_TURN);
    if (live.state.calls.size === 0) time.follow();
    const turn = new Turn(live.state, time.now());
    const newCallId = () => parts.newId() as CallId; // DeskParts demands the alphabet of ids.
    const { views, forecast } = live;
    const deciding: Deciding = { turn, views, forecast, config, newCallId, isDraining, mediaServers };
    live.forgetOld(turn.now, config);
    const { verdicts, outcomes } = judgeAll(deciding, batch, live.commands, log);
    attempt('prepare rooms', () => turn.decide(() => prepareRooms(deciding)));
    if (!turn.isEmpty || outcomes.length > 0) {
      try {
        await store.commit(changeOf(turn, outcomes, config.outcomeKeptMs), live.revision);
      } catch (error) {
        return suspend(batch, error);
      }
      live.committed(outcomes);
    }
    deadlines.follow(live.state, turn);
    attempt('tell what changed', () => deliver({ turn, views, outlet, media, sequences, figures }));
    if (turn.waitingLines.size > 0 || turn.agents.size > 0) figures.changed();
    if (areFiguresDue) {
      areFiguresDue = false;
      attempt('tell the waiting figures', () => figures.push(live));
    }
    for (const [index, waiter] of batch.entries()) answer(waiter, verdicts[index]);
  }

  function answer(waiter: Waiter, verdict: Verdict | undefined): void {
    if (verdict?.type === 'decided') waiter.answer(verdict.decided);
    else if (verdict?.type === 'failed') waiter.fail(verdict.error);
    else if (verdict?.type === 'repeated') {
      const { sender, commandId } = verdict.key;
      store
        .outcome(sender, commandId)
        .then(
          (kept) => (kept ? waiter.answer(replay(kept)) : waiter.fail(new Error(`no outcome of ${commandId} is kept`))),
          waiter.fail,
        );
    }
  }

  /** Nothing of the batch has happened: memory is made anew from the store, which is left alone for a moment then. */
  async function suspend(batch: readonly Waiter[], cause: unknown): Promise<void> {
    if (health === 'well') health = cause instanceof StaleRevision ? 'replaced' : 'suspended';
    log.error({ err: cause, health }, 'a commit failed; its commands are refused');
    deadlines.clear();
    figures.close();
    await reload();
    inbox.refuse(batch, storeUnavailable(config.storeRetryMs, cause));
    if (health === 'suspended') timers.after(config.storeRetryMs, () => void resume());
  }

  async function resume(): Promise<void> {
    // The time of the failure may have been no time for reading either.
    const isLoaded = await reload();
    if (health !== 'suspended') return;
    if (!isLoaded) return void timers.after(config.storeRetryMs, () => void resume());
    health = 'well';
    followAll();
    figures.changed();
    log.warn({ revision: live.revision }, 'the desk goes on from its store');
    wake();
  }

  async function reload(): Promise<boolean> {
    try {
      live = await load();
      return true;
    } catch (error) {
      log.error({ err: error }, 'the store cannot be read');
      return false;
    }
  }

  function attempt(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      log.error({ err: error }, `could not ${what}`);
    }
  }

  function followAll(): void {
    deadlines.follow(live.state, { calls: live.state.calls.keys(), agents: live.state.agents.keys() });
  }

  let stopWaitingForServers = () => {};
  if (live.state.calls.size > 0 || live.state.agents.size > 0) {
    followAll();
    note({ type: 'desk-restarted' });
    stopWaitingForServers = timers.after(config.mediaServerGraceMs, () => note({ type: 'media-servers-due' }));
  }

  return {
    ...reads,
    figures: () => ({ ...reads.figures(), storeWritable: health === 'well' }),
    execute(command, key) {
      if (health === 'closed') return Promise.reject(new AssistError('draining', 'the desk is closed'));
      if (health === 'replaced' || (health === 'suspended' && !isFact(command))) {
        return Promise.reject(storeUnavailable(config.storeRetryMs));
      }
      const result = inbox.add<never>(command, key);
      wake();
      return result;
    },
    drain() {
      isDraining = true;
    },
    async close() {
      if (health === 'closed') return;
      health = 'closed';
      stopWaitingForServers();
      deadlines.clear();
      figures.close();
      await running;
      // What the last turn armed.
      deadlines.clear();
      figures.close();
      inbox.clear(new AssistError('draining', 'the desk is closed'));
      await store.close();
    },
  };
}
