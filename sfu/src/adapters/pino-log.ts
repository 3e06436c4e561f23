import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields that must not reach a log even by mistake: keys, fingerprints, tokens. */
const secretPaths = ['linkToken', 'dtlsParameters', 'iceParameters', 'rtpParameters', 'rtpCapabilities'];

/** JSON lines on standard output. */
export function createLog(options: { level: string; stream?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: { role: 'sfu' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [...secretPaths, ...secretPaths.map((path) => `*.${path}`)],
    },
    options.stream ?? destination({ sync: true }),
  );
}
