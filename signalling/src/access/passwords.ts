import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AssistError } from '@bangban/protocol';

/** Hashes and checks passwords. */
export type Passwords = {
  /** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(password: string): Promise<string>;
  /** `hash` undefined (no such account) costs the same time and gives false. */
  matches(password: string, hash: string | undefined): Promise<boolean>;
};

type Cost = { memoryKiB: number; passes: number; parallelism: number };

/** OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 passes, 1 lane. About 65 ms. */
export const owaspCost: Cost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };

/** Each running hash holds its memory and one of libuv's four threads, which file access needs as well. */
const maxRunning = 2;
/** Whoever comes when so many wait is told to come back: about 3 s of hashing. */
const maxWaiting = 100;

const hashLength = 32;
const run = promisify(argon2);

async function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return run('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: cost.parallelism,
    tagLength: hashLength,
    memory: cost.memoryKiB,
    passes: cost.passes,
  });
}

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{43})$/;

function parsePhc(text: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt, hash] = phcPattern.exec(text) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash is damaged');
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** @param cost lower than {@link owaspCost} only in tests */
export function createPasswords(cost: Cost = owaspCost): Passwords {
  const decoy = { cost, salt: randomBytes(16), hash: randomBytes(hashLength) };
  const waiting: (() => void)[] = [];
  let running = 0;

  /** At most {@link maxRunning} hashes at once, whoever asks. */
  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running < maxRunning) running += 1;
    else {
      if (waiting.length >= maxWaiting) {
        throw new AssistError('rate-limited', 'too many sign-ins at once', { retryAfterMs: 3_000 });
      }
      // The turn is handed over by whoever finishes, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16);
        const hash = await derive(password, salt, cost);
        const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
        return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(hash)}`;
      }),
    matches: (password, stored) =>
      inTurn(async () => {
        const expected = stored === undefined ? decoy : parsePhc(stored);
        const isEqual = timingSafeEqual(await derive(password, expected.salt, expected.cost), expected.hash);
        return stored !== undefined && isEqual;
      }),
  };
}
