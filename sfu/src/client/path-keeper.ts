import { AssistError } from '@bangban/protocol/plain';
import type { types } from 'mediasoup-client';
import { createWaiting, pauseBefore } from './back-off.ts';
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
  const waiting = createWaiting();
  let isMending = false;

  const isDown = ({ connectionState }: types.Transport) =>
    connectionState === 'disconnected' || connectionState === 'failed';
  const isOver = () => transports.some((transport) => transport.closed);

  for (const transport of transports) {
    transport.on('connectionstatechange', () => {
      if (isDown(transport)) void mend();
      else waiting.wake();
    });
    transport.observer.once('close', () => waiting.wake());
  }

  async function restart(transport: types.Transport): Promise<void> {
    // The id is the server's own.
    const iceParameters = await request('media:restart-ice', { transportId: transport.id as never });
    if (transport.closed) return;
    await transport.restartIce({ iceParameters: { ...iceParameters, iceLite: iceParameters.iceLite ?? true } });
  }

  async function isHealthyInTime(): Promise<boolean> {
    const endsAt = performance.now() + restartPatienceMs;
    const isMended = () =>
      transports.every(({ connectionState }) => connectionState === 'connected' || connectionState === 'new');
    while (!isOver() && !isMended() && performance.now() < endsAt) await waiting.wait(endsAt - performance.now());
    return isMended();
  }

  async function mend(): Promise<void> {
    if (isMending) return;
    isMending = true;
    onTrouble();
    let restarts = 0;
    for (let attempt = 1; !isOver(); attempt += 1) {
      try {
        await Promise.all(transports.filter(isDown).map(restart));
        restarts += 1;
      } catch (error) {
        if (isOver()) return;
        // Signalling is away as well: the path may come back before it does.
        if (codeOf(error) !== 'unreachable') return onBroken(error);
      }
      if (await isHealthyInTime()) {
        isMending = false;
        return onHealthy();
      }
      if (isOver()) return;
      if (restarts >= maxRestarts)
        return onBroken(new AssistError('media-unavailable', 'the path cannot be restarted'));
      await waiting.wait(pauseBefore(attempt));
    }
  }
}
