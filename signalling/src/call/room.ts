import type { RoomFlow } from '@bangban/protocol';
import type { AgentOnCall, CallEffect, CallEventOf, LiveCall, MediaFacts } from './call.ts';

/*
 *                 open-room                room-opened
 *   none, failed ───────────▶ opening ───────────────▶ open
 *        ▲                       │                       │
 *        └─────── room-lost ─────┴───────────────────────┘
 *
 * Each opening has an epoch of its own. What speaks of an older epoch is ignored; a media server that rebuilt the room
 * by itself speaks of a newer one, and that is the room from then on.
 */

/** What a room lets through in each state of its call. */
export function flowIn(state: LiveCall['state']): RoomFlow {
  if (state === 'held') return 'held';
  return state === 'queued' || state === 'offered' ? 'prepared' : 'open';
}

type RoomStep = { media: MediaFacts; effects: CallEffect[] };

/** A new incarnation is asked for, unless one is there or on its way. */
export function openRoom(call: LiveCall): RoomStep {
  const { media } = call;
  if (media.state === 'open' || media.state === 'opening') return { media, effects: [] };
  const epoch = media.epoch + 1;
  return {
    media: { state: 'opening', epoch },
    effects: [{ type: 'open-room', epoch, flow: flowIn(call.state) }],
  };
}

/** The room is there. It was asked for under an earlier flow perhaps, so the flow of today is set again. */
export function roomOpened(call: LiveCall, event: CallEventOf<'room-opened'>): RoomStep {
  const { media } = call;
  const { epoch, sfuId } = event;
  const isNews = epoch > media.epoch || (epoch === media.epoch && media.state !== 'open');
  if (isNews) {
    const flow = flowIn(call.state);
    const left: CallEffect[] =
      media.state === 'open' && media.sfuId !== sfuId ? [{ type: 'close-room', sfuId: media.sfuId }] : [];
    return {
      media: { state: 'open', epoch, sfuId },
      effects: [...left, ...(flow === 'prepared' ? [] : [{ type: 'set-flow', sfuId, epoch, flow } as const])],
    };
  }
  // A room that another media server holds for the same call is one too many. While ours is still being opened nothing is
  // closed: it may be that very server that is opening it.
  const isOneTooMany = media.state === 'open' && media.sfuId !== sfuId;
  return { media, effects: isOneTooMany ? [{ type: 'close-room', sfuId }] : [] };
}

/** The room is gone, or was never opened. */
export function roomLost(media: MediaFacts, event: CallEventOf<'room-lost'>): MediaFacts {
  if (event.epoch < media.epoch || media.state === 'none' || media.state === 'failed') return media;
  return { state: 'failed', epoch: event.epoch, retryAt: event.retryAt };
}

/** The room goes on without this agent, and lets nothing through. */
export function withoutAgent(media: MediaFacts, agent: AgentOnCall): CallEffect[] {
  if (media.state !== 'open') return [];
  const { sfuId, epoch } = media;
  return [
    { type: 'set-flow', sfuId, epoch, flow: 'prepared' },
    { type: 'remove-peer', sfuId, staffId: agent.staffId },
  ];
}

/** The room is of no more use. One that is still being opened is closed when it reports. */
export function closedRoom(media: MediaFacts): CallEffect[] {
  return media.state === 'open' ? [{ type: 'close-room', sfuId: media.sfuId }] : [];
}

/** After a restart nobody waits for the answer to what was asked before. */
export function afterRestart(media: MediaFacts): MediaFacts {
  return media.state === 'opening' ? { state: 'none', epoch: media.epoch } : media;
}
