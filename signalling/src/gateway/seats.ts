import type { SessionEndReason } from '@bangban/protocol';

/** A connection that stands for a kiosk or an agent. */
export type Occupant = {
  /** Tells the client why, and disconnects it. */
  end(reason: SessionEndReason): void;
};

/** One seat per kiosk or agent: whoever took it last has it. */
export type Seats<Key extends string, Sitting extends Occupant> = {
  occupant(key: Key): Sitting | undefined;
  /** Takes the seat; the one who had it is told `replaced`. */
  take(key: Key, occupant: Sitting): void;
  /** True when the seat is empty now; false when somebody else has it. */
  leave(key: Key, occupant: Sitting): boolean;
};

export function createSeats<Key extends string, Sitting extends Occupant>(): Seats<Key, Sitting> {
  const seats = new Map<Key, Sitting>();
  return {
    occupant: (key) => seats.get(key),
    take(key, occupant) {
      const previous = seats.get(key);
      seats.set(key, occupant);
      if (previous !== occupant) previous?.end('replaced');
    },
    leave(key, occupant) {
      if (seats.get(key) !== occupant) return false;
      seats.delete(key);
      return true;
    },
  };
}
