/** The part of package-lock.json that matters here. */
type LockFile = { packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }> };

/**
 * Finds packages for other kinds of machines that the lock file does not have. `npm install` leaves them out when a
 * registry does not have them (yet), and `npm ci` then refuses the whole lock file.
 *
 * @returns one sentence per missing package
 */
export function lockFileProblems(text: string): string[] {
  const { packages } = JSON.parse(text) as LockFile;
  return Object.entries(packages).flatMap(([path, { version, optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !placesToLook(path).some((place) => `${place}node_modules/${name}` in packages))
      .map((name) => `package-lock.json: ${path} ${version} needs ${name}, which is not there; choose another version`),
  );
}

/** Where Node looks for what a package imports: in itself, and in every folder above it. */
function placesToLook(path: string): string[] {
  const parts = path === '' ? [] : path.split('/node_modules/');
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/`).concat('');
}
