/** Which pages may talk to this server. */
export type Origins = {
  /** Exact match, as browsers send it. `undefined` (no header) is not allowed here: see ACCESS-11. */
  isAllowed(origin: string | undefined): boolean;
};

/**
 * The server's own addresses and the configured kiosk sites; nothing else, and no patterns.
 *
 * @param address where the server listens; a wildcard or loopback host also answers to the names of this machine
 */
export function createOrigins(options: {
  address: { host: string; port: number };
  publicUrl?: string | undefined;
  allowed: readonly string[];
}): Origins {
  const { host, port } = options.address;
  const names = isLoopbackHost(host) || isWildcard(host) ? ['localhost', '127.0.0.1', '[::1]'] : [];
  const hosts = isWildcard(host) ? names : [...names, host.includes(':') && !host.startsWith('[') ? `[${host}]` : host];
  const own = hosts.map((name) => new URL(`http://${name}:${port}`).origin);
  const known = new Set([...own, ...options.allowed]);
  if (options.publicUrl !== undefined) known.add(new URL(options.publicUrl).origin);
  return { isAllowed: (origin) => origin !== undefined && known.has(origin) };
}

/** Whether a Host header or a configured host is a name of this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host === '::1';
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}
