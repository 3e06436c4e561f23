import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timers } from '../desk/ports.ts';

/** Listens, and gives the address. @throws the system's error, with its code (EADDRINUSE, EACCES, …) */
export function listen(server: HttpServer, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A TCP server that listens has an address of this kind.
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Where a person on this machine opens it. */
export function localUrl(host: string, port: number): string {
  const isLocal = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1';
  return `http://${isLocal ? 'localhost' : host}:${port}`;
}

/** A running request gets this long to finish. */
const lastRequestsMs = 1_000;

/** Lets running requests finish for a moment, then ends them. */
export function stopListening(server: HttpServer, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    const cancel = timers.after(lastRequestsMs, () => server.closeAllConnections());
    server.close(() => {
      cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}
