/** Fields whose value never reaches a log, wherever they stand. Compared without case, dashes and underscores. */
const secretFields = new Set(
  [
    'password',
    'token',
    'accessToken',
    'refreshToken',
    'deviceToken',
    'linkToken',
    'tokenSecret',
    'secret',
    'authorization',
    'cookie',
    'setCookie',
    'code',
    'auth',
    'passwordHash',
    'refreshHash',
    'idNumber',
    'phone',
    'dtlsParameters',
    'iceParameters',
  ].map(plainName),
);

/** An error code is a word of the catalogue, an enrolment code is not. */
const errorCode = /^[a-z]+(-[a-z]+)*$|^E[A-Z]+$|^ERR_[A-Z_]+$|^SQLITE_[A-Z_]+$/;

const maxTextLength = 2_000;
const maxDepth = 6;
const maxEntries = 50;

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Hides what looks like a secret in a text: tokens, query strings, identity numbers, bank cards, phone numbers. */
export function redactText(text: string): string {
  const short = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}… (${text.length} characters)` : text;
  return short
    .replaceAll(/eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g, '[token]')
    .replaceAll(/\b(Bearer|Basic) +\S+/gi, '$1 [token]')
    .replaceAll(/((?:https?|wss?):\/\/[^\s?#"']*|\/[\w./-]*)[?#][^\s"']*/g, '$1')
    .replaceAll(/\$argon2\S+/g, '[hash]')
    .replaceAll(/(?<!\d)\d{17}[\dXx](?!\d)/g, '[identity number]')
    .replaceAll(/(?<!\d)\d{16,19}(?!\d)/g, '[card number]')
    .replaceAll(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[phone]');
}

/** A copy of what is to be logged, without secrets, of bounded size. Errors keep their name, message, code and stack. */
export function redactFields(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? '[function]' : value;
  if (depth >= maxDepth) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((entry) => redactFields(entry, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const entries = Object.entries(value).slice(0, maxEntries);
  return Object.fromEntries(entries.map(([name, field]) => [name, redactField(name, field, depth)]));
}

function redactField(name: string, field: unknown, depth: number): unknown {
  if (!secretFields.has(plainName(name)) || field === undefined || field === null)
    return redactFields(field, depth + 1);
  if (name === 'code' && typeof field === 'string' && errorCode.test(field)) return field;
  return '[redacted]';
}

function redactError(error: Error, depth: number): unknown {
  return {
    name: error.name,
    message: redactText(error.message),
    ...('code' in error ? { code: redactField('code', error.code, depth) } : {}),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redactFields(error.cause, depth + 1) }),
  };
}
