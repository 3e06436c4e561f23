import { parentPort, workerData } from 'node:worker_threads';
import { io } from 'socket.io-client';

/*
 * Sends 5,000 events a second, in a thread of its own so that it costs the server no more than its messages do. Tells
 * `session:ended` and its end to whoever started it.
 */
const { url, auth } = workerData as { url: string; auth: Record<string, unknown> };
const socket = io(`${url}/kiosk`, { auth, transports: ['websocket'], reconnection: false });
const batch = setInterval(() => {
  for (let message = 0; message < 500; message += 1) socket.emit('call:snapshot', {}, () => undefined);
}, 100);
socket.on('session:ended', (payload: unknown) => parentPort?.postMessage(payload));
socket.on('disconnect', () => {
  clearInterval(batch);
  parentPort?.postMessage('disconnected');
});
