import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** @typedef {'udp' | 'tcp'} Protocol */

/**
 * Why a port cannot be opened, or undefined when it can.
 *
 * @param {Protocol} protocol
 * @param {{ address: string, port: number }} place
 * @returns {Promise<string | undefined>}
 */
export async function whyPortIsNotFree(protocol, { address, port }) {
  const socket = protocol === 'tcp' ? createServer() : createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    if ('listen' in socket) socket.listen(port, address);
    else socket.bind(port, address);
    await once(socket, 'listening');
    return undefined;
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EADDRINUSE') return 'taken by another program (see it with: ss -lntup)';
    if (code === 'EACCES') return 'may not be opened by this user';
    if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}`;
    return message;
  } finally {
    try {
      socket.close();
    } catch {
      // It was never opened.
    }
  }
}
