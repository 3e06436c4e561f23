import * as z from 'zod';
import type { EventTable, RequestTable, SocketAccess } from './contract.ts';
import { CallId, ConsumerId, Epoch, ProducerId, TransportId } from './ids.ts';
import { MEDIA, SMALL } from './limits.ts';
import {
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  MediaKind,
  MediaSource,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from './rtp.ts';

/** Names the incarnation of a room; a request for an older one is refused with `media-stale`. */
const inRoom = { callId: CallId, epoch: Epoch };

/** What the client may know before it joins: cached, so that joining is one round trip. */
export const MediaCapabilities = z.object({ routerRtpCapabilities: RtpCapabilities });
export type MediaCapabilities = z.infer<typeof MediaCapabilities>;

/** Both transports and all that the other peer already sends: joining is one round trip. */
export const JoinedRoom = z.object({
  send: TransportOptions,
  receive: TransportOptions,
  consumers: z.array(ConsumerOptions),
});
export type JoinedRoom = z.infer<typeof JoinedRoom>;

/**
 * Media control, the same for both sides of a call; only the access rule differs. `participant` is the rule that lets a
 * peer into the room: its own call, or the call that is offered to it.
 */
export function mediaRequestsFor<Participant extends SocketAccess, Anyone extends SocketAccess>(
  participant: Participant,
  anyone: Anyone,
) {
  return {
    /** The codecs and header extensions of the rooms; the same for all of them. */
    'media:capabilities': { access: anyone, limit: SMALL, input: z.object({}), output: MediaCapabilities },
    /** Enters the room, or enters it anew: an earlier membership of the same peer is closed first. */
    'media:join': {
      access: participant,
      limit: MEDIA,
      input: z.object({ ...inRoom, rtpCapabilities: RtpCapabilities }),
      output: JoinedRoom,
    },
    'media:connect': {
      access: participant,
      limit: MEDIA,
      input: z.object({ ...inRoom, transportId: TransportId, dtlsParameters: DtlsParameters }),
      output: z.null(),
    },
    'media:restart-ice': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, transportId: TransportId }),
      output: IceParameters,
    },
    'media:produce': {
      access: participant,
      limit: MEDIA,
      input: z.object({
        ...inRoom,
        transportId: TransportId,
        kind: MediaKind,
        source: MediaSource,
        rtpParameters: RtpParameters,
        /** The participant's own mute; what the room lets through is the desk's decision. */
        paused: z.boolean(),
      }),
      output: z.object({ producerId: ProducerId }),
    },
    'media:pause-producer': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, producerId: ProducerId }),
      output: z.null(),
    },
    'media:resume-producer': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, producerId: ProducerId }),
      output: z.null(),
    },
    'media:close-producer': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, producerId: ProducerId }),
      output: z.null(),
    },
    /** The browser can receive these; they flow from now on, or as soon as the call is answered. */
    'media:ready-consumers': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, consumerIds: z.array(ConsumerId).min(1).max(16) }),
      output: z.null(),
    },
    'media:prefer-layers': {
      access: participant,
      limit: SMALL,
      input: z.object({ ...inRoom, consumerId: ConsumerId, spatialLayer: z.int().min(0).max(2) }),
      output: z.null(),
    },
    /** The participant's media works as far as its devices allow; when both have said so, the call is active. */
    'media:report-flowing': { access: participant, limit: SMALL, input: z.object(inRoom), output: z.null() },
  } as const satisfies RequestTable;
}

/** Told to a peer about the media of the other one. */
export const mediaEvents = {
  'media:consumer-added': z.object({ ...inRoom, consumer: ConsumerOptions }),
  'media:consumer-removed': z.object({ ...inRoom, consumerId: ConsumerId }),
  'media:consumer-paused': z.object({ ...inRoom, consumerId: ConsumerId }),
  'media:consumer-resumed': z.object({ ...inRoom, consumerId: ConsumerId }),
} satisfies EventTable;
export type MediaEventName = keyof typeof mediaEvents;
