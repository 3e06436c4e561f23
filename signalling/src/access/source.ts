import { isIP } from 'node:net';

/** What of a request tells where it comes from. */
export type SourceFacts = {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
};

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * The network address a request comes from, in its shortest form.
 *
 * @param trustedProxies how many entries at the end of X-Forwarded-For were written by our own proxies
 */
export function sourceOf(request: SourceFacts, trustedProxies: number): string {
  const peer = withoutMapping(request.socket.remoteAddress ?? 'unknown');
  if (trustedProxies === 0) return peer;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => hop.trim());
  const claimed = hops.at(-trustedProxies) ?? '';
  return isIP(claimed) === 0 ? peer : withoutMapping(claimed);
}

/** Whether a request comes from this very machine and through no proxy. */
export function isFromThisMachine(request: SourceFacts): boolean {
  const peer = withoutMapping(request.socket.remoteAddress ?? '');
  const isLoopback = peer === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(peer);
  return isLoopback && forwardingHeaders.every((name) => request.headers[name] === undefined);
}

function withoutMapping(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
