import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** One generation of a role's log. Two are kept, so that a chatty role cannot fill the disk. */
const maxLogBytes = 20 * 1024 * 1024;
/** pino's numbers; what is at least this bad is also printed. */
const levelNames = new Map([
  [40, 'warning'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** Where everything a role says is kept, line by line. */
export type RoleLog = { readonly path: string; write(line: string): void; close(): void };

/** Opens `DIRECTORY/NAME.log` for appending. @throws when the directory cannot be made */
export function openRoleLog(directory: string, name: string, maxBytes = maxLogBytes): RoleLog {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.log`);
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let stream = open(path);

  return {
    path,
    write(line) {
      const size = Buffer.byteLength(line) + 1;
      if (bytes > 0 && bytes + size > maxBytes) {
        stream.end();
        renameSync(path, `${path}.1`);
        stream = open(path);
        bytes = 0;
      }
      bytes += size;
      stream.write(`${line}\n`);
    },
    close() {
      stream.end();
    },
  };
}

/**
 * The readable form of a JSON log line that a person should see now: a warning or worse.
 *
 * @returns undefined for anything else, also for text that is not JSON (a stack trace stays in the log)
 */
export function readableWarning(role: string, line: string): string | undefined {
  const entry = parse(line);
  const level = levelNames.get(Number(entry?.level));
  if (!entry || !level) return undefined;
  const reason = entry.err?.message ? `: ${entry.err.message}` : '';
  return `${role} ${level}: ${withoutControlCharacters(`${entry.msg ?? ''}${reason}`)}`;
}

type LogEntry = { level?: unknown; msg?: unknown; err?: { message?: unknown } };

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

/** What a stranger may have put into a message must not move the cursor of whoever reads it. */
function withoutControlCharacters(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function open(path: string): WriteStream {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o640 });
  // A full disk must not end the launcher, and with it every call; the roles report it themselves.
  stream.on('error', () => {});
  return stream;
}
