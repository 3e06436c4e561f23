/** The first files say little about how long the rest will take. */
const filesBeforeEstimate = 4;

/**
 * Reads ninja's `[done/total]` lines and says how far a build is and how long it will still take.
 *
 * @param {() => number} now milliseconds
 */
export function createBuildProgress(now) {
  let startedAt = now();
  let done = 0;
  let total = 0;

  return {
    /** @param {string} line @returns {boolean} whether the line was progress */
    read(line) {
      const match = /^\[(\d+)\/(\d+)\] /.exec(line);
      if (!match) return false;
      if (total === 0) startedAt = now();
      [done, total] = [Number(match[1]), Number(match[2])];
      return true;
    },
    get percent() {
      return total === 0 ? 0 : Math.floor((done / total) * 100);
    },
    /** For example `42 % (110 of 263), about 3 min left`. */
    get text() {
      if (total === 0) return 'preparing';
      if (done < filesBeforeEstimate) return `${this.percent} % (${done} of ${total})`;
      const remainingMs = ((now() - startedAt) / done) * (total - done);
      return `${this.percent} % (${done} of ${total}), ${timeLeft(remainingMs)}`;
    },
  };
}

/** @param {number} ms */
function timeLeft(ms) {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 5) return 'almost done';
  if (seconds < 60) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  return `about ${Math.ceil(seconds / 60)} min left`;
}
