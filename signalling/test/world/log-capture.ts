import { createPinoLog } from '../../src/adapters/pino-log.ts';

/** The real log at its most talkative, kept in memory. */
export function captureLog() {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { log: createPinoLog({ level: 'trace', role: 'signalling', stream }), lines };
}
