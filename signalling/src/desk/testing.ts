import type { CallId, SfuId } from '@bangban/protocol';
import type { Clock, DeskOutlet, MediaControl, Timers } from './ports.ts';

/** A clock that goes when the test says so. */
export type FakeClock = Clock & {
  advance(ms: number): void;
  /** Somebody sets the machine's clock. */
  set(nowMs: number): void;
};

export function createFakeClock(startMs = Date.UTC(2026, 0, 5, 9)): FakeClock {
  let wall = startMs;
  let monotone = 0;
  return {
    now: () => wall,
    monotonic: () => monotone,
    advance(ms) {
      wall += ms;
      monotone += ms;
    },
    set(nowMs) {
      wall = nowMs;
    },
  };
}

/** Timers that run when the test lets time pass; those with no delay run by themselves, as soon as the caller is done. */
export type FakeTimers = Timers & {
  /** Lets time pass, step by step: each timer runs at its moment, and what it sets in motion is done before the next. */
  advance(ms: number): Promise<void>;
  /** Waits until nothing is left that runs by itself. */
  settle(): Promise<void>;
  /** How many timers with a delay are armed. */
  readonly armed: number;
};

/** Rounds of the event loop after which an in-memory desk has done all that one command sets in motion. */
const SETTLING_ROUNDS = 4;

export function createFakeTimers(clock: FakeClock): FakeTimers {
  type Timer = { at: number; order: number; run: () => void };
  const pending = new Set<Timer>();
  let order = 0;

  const settle = async () => {
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) await new Promise<void>((done) => setImmediate(done));
  };
  const nextBefore = (end: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of pending) {
      if (timer.at > end) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  };

  return {
    after(delayMs, run) {
      if (delayMs <= 0) {
        const immediate = setImmediate(run);
        return () => clearImmediate(immediate);
      }
      order += 1;
      const timer = { at: clock.monotonic() + delayMs, order, run };
      pending.add(timer);
      return () => void pending.delete(timer);
    },
    async advance(ms) {
      const end = clock.monotonic() + ms;
      await settle();
      for (let timer = nextBefore(end); timer; timer = nextBefore(end)) {
        pending.delete(timer);
        clock.advance(Math.max(0, timer.at - clock.monotonic()));
        timer.run();
        await settle();
      }
      clock.advance(end - clock.monotonic());
    },
    settle,
    get armed() {
      return pending.size;
    },
  };
}

/** What an outlet or a media control was told: the name of the method, and its arguments. */
export type Told<Port> = {
  [Name in keyof Port]: Port[Name] extends (...args: infer Args) => void ? { name: Name; args: Args } : never;
}[keyof Port];

/** A port that writes down what it is told. */
export type Recording<Port> = Port & {
  readonly told: Told<Port>[];
  /** The arguments of every call of one method, in order. */
  all<Name extends keyof Port>(name: Name): Extract<Told<Port>, { name: Name }>['args'][];
  clear(): void;
};

export function createRecordingOutlet(): Recording<DeskOutlet> {
  return recording<DeskOutlet>([
    'kioskCallChanged',
    'queueMoved',
    'agentChanged',
    'agentCallChanged',
    'callReleased',
    'waitingChanged',
    'floorChanged',
  ]);
}

/** Media control that opens nothing; `opened` gives what a media server would report for the newest request of a call. */
export type FakeMediaControl = Recording<MediaControl> & {
  opened(
    callId: CallId,
    sfuId: SfuId,
  ): { type: 'room-opened'; callId: CallId; sfuId: SfuId; epoch: number } | undefined;
};

export function createFakeMediaControl(): FakeMediaControl {
  const control = recording<MediaControl>(['openRoom', 'closeRoom', 'setFlow', 'removePeer']);
  return Object.assign(control, {
    opened(callId: CallId, sfuId: SfuId) {
      const newest = control.all('openRoom').findLast(([request]) => request.callId === callId)?.[0];
      return newest && ({ type: 'room-opened', callId, sfuId, epoch: newest.epoch } as const);
    },
  });
}

function recording<Port extends Record<string, (...args: never[]) => void>>(
  names: readonly Extract<keyof Port, string>[],
): Recording<Port> {
  const told: Told<Port>[] = [];
  const methods = Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => void told.push({ name, args } as unknown as Told<Port>)]),
  );
  // The methods are exactly those of the port, by the list of names that the callers below hand in.
  return Object.assign(methods as unknown as Port, {
    told,
    all: (name: keyof Port) => told.filter((entry) => entry.name === name).map(({ args }) => args),
    clear: () => void told.splice(0),
  }) as unknown as Recording<Port>;
}
