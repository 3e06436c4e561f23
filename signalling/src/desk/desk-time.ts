import type { Clock } from './ports.ts';

/** The time that the desk decides by, in milliseconds since 1970; never goes back and does not step. */
export type DeskTime = {
  now(): number;
  /** Follows the machine's clock again, if that does not go back. For moments when nothing depends on durations. */
  follow(): void;
};

/**
 * The machine's clock as it was when the desk started, plus monotone time since: when somebody sets the clock, no offer
 * expires early and no caller overtakes another.
 *
 * @param notBefore the newest time in the store
 */
export function createDeskTime(clock: Clock, notBefore = 0): DeskTime {
  let offset = Math.max(clock.now(), notBefore) - clock.monotonic();
  const now = () => Math.floor(offset + clock.monotonic());
  return {
    now,
    follow() {
      offset = Math.max(clock.now() - clock.monotonic(), offset);
    },
  };
}
