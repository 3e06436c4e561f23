/**
 * A structured log. One line per event, as JSON. The rubric is in docs/logging.md: `error` = somebody must act, `warn` =
 * somebody should look, `info` = one line per change in a lifetime, `debug` = one line per request.
 */
export type Log = {
  [Level in 'error' | 'warn' | 'info' | 'debug']: (fields: Record<string, unknown>, message: string) => void;
} & {
  /** A log whose every line carries these fields. */
  child(fields: Record<string, unknown>): Log;
};

/** Says nothing; for tests. */
export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silentLog,
};
