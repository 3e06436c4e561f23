import { AssistError } from '@bangban/protocol/plain';
import type { types } from 'mediasoup-client';
import { createWaiting, pauseBefore, type Waiting } from './back-off.ts';
import { codeOf } from './refusal.ts';
import type { RoomRequest } from './room-signal.ts';

/** How long a restarted path may take to work, in milliseconds: candidates are hosts, so one round trip is enough. */
const restartPatienceMs = 3_000;
/** Restarts of a path before new transports are tried. */
const maxRestarts = 2;

export type PathKeeperOptions = {
  transports: readonly types.Transport[];
  request: RoomRequest;
  /** A path is down; it is being restarted. */
  onTrouble(): void;
  onHealthy(): void;
  /** Restarting did not help. Called once. */
  onBroken(error: unknown): void;
};

/**
 * The first rung of the ladder: watches the paths to the media server and restarts ICE on those that are down. Ends with
 * its transports.
 */
export function keepPaths(options: PathKeeperOptions): void {
  const { transports, request, onTrouble, onHealthy, onBroken } = options;
  const mending = new Set<types.Transport>();

  for (const transport of transports) {
    const waiting = createWaiting();
    transport.on('connectionstatechange', () => {
      if (!isDown(transport)) waiting.wake();
      else if (!mending.has(transport)) void keep(transport, waiting);
    });
    transport.observer.once('close', () => waiting.wake());
  }

  async function keep(transport: types.Transport, waiting: Waiting): Promise<void> {
    if (mending.size === 0) onTrouble();
    mending.add(transport);
    try {
      await mend(transport, waiting);
    } catch (error) {
      if (!transport.closed) onBroken(error);
      return;
    }
    mending.delete(transport);
    if (mending.size === 0 && !transport.closed) onHealthy();
  }

  /** Resolves when the path works, or when nobody needs it any more. @throws what prevents another restart */
  async function mend(transport: types.Transport, waiting: Waiting): Promise<void> {
    let restarts = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await restart(transport);
        restarts += 1;
      } catch (error) {
        // Signalling is away as well: the path may come back before it does.
        if (codeOf(error) !== 'unreachable') throw error;
      }
      if (await isUpInTime(transport, waiting)) return;
      if (restarts >= maxRestarts) throw new AssistError('media-unavailable', 'restarting the path does not help');
      await waiting.wait(pauseBefore(attempt));
      if (isSettled(transport)) return;
    }
  }

  async function restart(transport: types.Transport): Promise<void> {
    // The id is the server's own.
    const iceParameters = await request('media:restart-ice', { transportId: transport.id as never });
    if (isSettled(transport)) return;
    await transport.restartIce({ iceParameters: { ...iceParameters, iceLite: iceParameters.iceLite ?? true } });
  }
}

async function isUpInTime(transport: types.Transport, waiting: Waiting): Promise<boolean> {
  const endsAt = performance.now() + restartPatienceMs;
  while (!isSettled(transport) && performance.now() < endsAt) await waiting.wait(endsAt - performance.now());
  return isSettled(transport);
}

/** It works, or nobody needs it any more. */
function isSettled({ closed, connectionState }: types.Transport): boolean {
  return closed || connectionState === 'connected';
}

function isDown({ connectionState }: types.Transport): boolean {
  return connectionState === 'disconnected' || connectionState === 'failed';
}
