import * as z from 'zod';
import type { EventTable, RequestTable } from './contract.ts';
import { CallId, ConsumerId, Epoch, PeerId, ProducerId, SfuId, TransportId } from './ids.ts';
import { LINK } from './limits.ts';
import { JoinedRoom, mediaEvents } from './media.ts';
import { DtlsParameters, IceParameters, MediaKind, MediaSource, RtpCapabilities, RtpParameters } from './rtp.ts';

/** What a media server sends in the Socket.IO handshake (`auth`), namespace `/link`. */
export const LinkHandshake = z.object({ protocol: z.int(), linkToken: z.string().max(4_096) });
export type LinkHandshake = z.input<typeof LinkHandshake>;

/** What a room lets through: nothing while the call waits, everything in the call, nothing while it is held. */
export const RoomFlow = z.enum(['prepared', 'open', 'held']);
export type RoomFlow = z.infer<typeof RoomFlow>;

/** A room as its media server holds it. */
export const RoomState = z.object({ callId: CallId, epoch: Epoch, flow: RoomFlow });
export type RoomState = z.infer<typeof RoomState>;

const inRoom = { callId: CallId, epoch: Epoch };
const asPeer = { ...inRoom, peerId: PeerId };
const toSfu = { access: 'signalling', limit: LINK } as const;

/** Requests that signalling sends to a media server. */
export const sfuRequests = {
  /** Opens the room of a call with this epoch, or confirms that it is open. Idempotent; a higher epoch replaces the room. */
  'room:open': { ...toSfu, input: z.object({ ...inRoom, flow: RoomFlow }), output: RoomState },
  /** Idempotent: closing a room that is not there succeeds. */
  'room:close': { ...toSfu, input: z.object({ callId: CallId }), output: z.null() },
  /** Resumes or pauses every consumer of the room; opening asks each video producer for a key frame. */
  'room:set-flow': { ...toSfu, input: z.object({ ...inRoom, flow: RoomFlow }), output: z.null() },
  'peer:join': { ...toSfu, input: z.object({ ...asPeer, rtpCapabilities: RtpCapabilities }), output: JoinedRoom },
  /** Idempotent. */
  'peer:leave': { ...toSfu, input: z.object({ callId: CallId, peerId: PeerId }), output: z.null() },
  'transport:connect': {
    ...toSfu,
    input: z.object({ ...asPeer, transportId: TransportId, dtlsParameters: DtlsParameters }),
    output: z.null(),
  },
  'transport:restart-ice': {
    ...toSfu,
    input: z.object({ ...asPeer, transportId: TransportId }),
    output: IceParameters,
  },
  'producer:open': {
    ...toSfu,
    input: z.object({
      ...asPeer,
      transportId: TransportId,
      kind: MediaKind,
      source: MediaSource,
      rtpParameters: RtpParameters,
      paused: z.boolean(),
    }),
    output: z.object({ producerId: ProducerId }),
  },
  'producer:pause': { ...toSfu, input: z.object({ ...asPeer, producerId: ProducerId }), output: z.null() },
  'producer:resume': { ...toSfu, input: z.object({ ...asPeer, producerId: ProducerId }), output: z.null() },
  'producer:close': { ...toSfu, input: z.object({ ...asPeer, producerId: ProducerId }), output: z.null() },
  'consumer:ready': {
    ...toSfu,
    input: z.object({ ...asPeer, consumerIds: z.array(ConsumerId).min(1).max(16) }),
    output: z.null(),
  },
  'consumer:prefer-layers': {
    ...toSfu,
    input: z.object({ ...asPeer, consumerId: ConsumerId, spatialLayer: z.int().min(0).max(2) }),
    output: z.null(),
  },
} as const satisfies RequestTable;

/** Requests that a media server sends to signalling. */
export const linkRequests = {
  /**
   * First message of every connection, also after signalling restarted. The answer names the rooms that nobody needs any
   * more; the media server closes them. All others stay as they are: media does not notice that signalling was away.
   */
  'sfu:register': {
    access: 'sfu',
    limit: LINK,
    input: z.object({ sfuId: SfuId, routerRtpCapabilities: RtpCapabilities, rooms: z.array(RoomState) }),
    output: z.object({ close: z.array(CallId) }),
  },
} as const satisfies RequestTable;

/** What a peer in a room is to be told, as signalling passes it on: one of the media events. */
const peerEvent = z.discriminatedUnion('name', [
  z.object({ name: z.literal('media:consumer-added'), payload: mediaEvents['media:consumer-added'] }),
  z.object({ name: z.literal('media:consumer-removed'), payload: mediaEvents['media:consumer-removed'] }),
  z.object({ name: z.literal('media:consumer-paused'), payload: mediaEvents['media:consumer-paused'] }),
  z.object({ name: z.literal('media:consumer-resumed'), payload: mediaEvents['media:consumer-resumed'] }),
]);
export type PeerEvent = z.infer<typeof peerEvent>;

/** Events that a media server sends to signalling. */
export const sfuEvents = {
  'peer:notified': z.object({ callId: CallId, peerId: PeerId, event: peerEvent }),
  /** The worker of this room died; the room is open again under a higher epoch, empty: its peers must join anew. */
  'room:rebuilt': RoomState,
  /** The room could not be rebuilt (no worker is left). */
  'room:lost': z.object({ callId: CallId, epoch: Epoch }),
} satisfies EventTable;

export type SfuRequests = typeof sfuRequests;
export type LinkRequests = typeof linkRequests;
export type SfuEvents = typeof sfuEvents;
