/**
 * Turns what stopped a role from starting into a sentence that says what to do.
 *
 * @returns undefined for a failure that no setting will mend: a bug, which belongs in the log with its stack
 */
export function explainStartFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Packages that know better what to say throw an error of this name.
  if (error.name === 'CannotStart') return error.message;
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return `${error.message}. Usage: main.ts [--role=signalling|sfu]`;
  }
  const { code, path, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return (
        `Port ${port} on ${address} is taken by another program. End that program (see it with: ss -lntup), or choose ` +
        'another port: PORT for pages and sockets, MEDIA_PORT for media.'
      );
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}. Set HOST (pages) or MEDIA_LISTEN_ADDRESS (media) to one it has.`;
    case 'EACCES':
    case 'EPERM':
      return port === undefined
        ? `${path ?? 'The data folder'} may not be written by this user. Change its owner, or set DATA_DIR to another folder.`
        : `Port ${port} may not be opened by this user. Set PORT or MEDIA_PORT to one above 1023.`;
    case 'EROFS':
      return `${path ?? 'The data folder'} is on a read-only disk. Set DATA_DIR to a folder that can be written.`;
    case 'ENOSPC':
      return 'The disk is full. Free some space, or set DATA_DIR to a folder on another disk.';
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} is a file where a folder is needed. Move it away, or set DATA_DIR to another folder.`;
    default:
      return undefined;
  }
}
