/** Something a person can mend: the message is a whole sentence that says what to do. */
export class Failure extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = 'Failure';
  }
}

/**
 * Runs a command-line tool: its result becomes the exit code, a failure becomes one sentence and exit code 1.
 *
 * @param {() => Promise<number | void>} main
 */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n✗ ${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * What a person is told of an error.
 *
 * @param {unknown} error
 */
export function sentenceOf(error) {
  if (error instanceof Failure) return error.message;
  if (process.env.BANGBAN_DEBUG) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const reason = error instanceof Error ? error.message : String(error);
  return `Unexpected: ${reason}. Run the same command with BANGBAN_DEBUG=1 for details, and report it.`;
}
