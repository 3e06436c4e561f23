import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startProgram } from '@bangban/e2e/harness';
import type { Contender } from '../measure/interleave.ts';
import { buildHallOfKiosks } from './hall-of-kiosks.ts';
import type { SocketLoad } from './socket-load.ts';

/**
 * The same through the real program and real sockets: the agent's request to finish a wrap-up until the offer of the next
 * call has arrived, with a thousand kiosks connected and waiting. Signalling runs on core 0, everybody else on core 1.
 */
export function nextOfferThroughSockets(options: { offers: number; waiting: number }): Contender {
  const { offers, waiting } = options;
  return {
    name: 'next-sockets',
    async measure() {
      await using hall = await buildHallOfKiosks(waiting + 1);
      await using program = await startProgram(hall.env);
      execFileSync('taskset', ['-acp', '0', String(program.pidOf('signalling'))]);
      const answer = await fetch(`${program.url}/api/v1/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ userName: 'agent1', password: program.password }),
      });
      // The shape is that of the route's schema in the protocol; a bench of the same version does not parse it again.
      const { accessToken } = (await answer.json()) as { accessToken: string };
      const { url } = program;
      // Awaited here: the program ends with this function.
      return await runLoad({ url, deviceTokens: hall.deviceTokens, accessToken, offers });
    },
  };
}

async function runLoad(load: SocketLoad): Promise<readonly number[]> {
  const script = resolve(import.meta.dirname, 'socket-load.ts');
  const child = spawn('taskset', ['-c', '1', process.execPath, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const samples = once(child, 'message').then(([message]) => message as readonly number[]);
  const failure = once(child, 'exit').then(([code]) => {
    throw new Error(`the load generator ended with code ${code} before it had measured`);
  });
  child.send(load);
  const measured = await Promise.race([samples, failure]);
  failure.catch(() => undefined);
  return measured;
}
