import { type DestinationStream, destination, pino } from 'pino';
import type { Log } from '../logging/log.ts';
import { redactFields, redactText } from '../logging/redaction.ts';

/**
 * JSON lines on standard output. Every field and message goes through the redaction; JSON escapes line breaks and
 * control characters, so that one event is one line whatever it holds.
 */
export function createPinoLog(options: { level: string; role: string; stream?: DestinationStream }): Log {
  const logger = pino(
    {
      level: options.level,
      base: { role: options.role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        log: (fields) => redactFields(fields) as Record<string, unknown>,
        bindings: (fields) => redactFields(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          const texts = args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg));
          // The arguments are the same ones in the same places; only texts were shortened.
          method.apply(this, texts as typeof args);
        },
      },
    },
    options.stream ?? destination({ sync: true }),
  );
  return logger;
}
