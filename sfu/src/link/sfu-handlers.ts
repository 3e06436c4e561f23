import type { Handlers, ProducerId, SfuRequests } from '@bangban/protocol';
import type { Rooms } from '../room/rooms.ts';

/** What this media server does for signalling. Whoever is on the other end of the link has proved to be signalling. */
export function createSfuHandlers(rooms: Rooms): Handlers<SfuRequests, undefined> {
  return {
    'room:open': (room) => rooms.open(room),
    'room:close': async ({ callId }) => {
      await rooms.close(callId);
      return null;
    },
    'room:set-flow': async ({ callId, epoch, flow }) => {
      await rooms.get(callId, epoch).setFlow(flow);
      return null;
    },
    'peer:join': ({ callId, epoch, peerId, rtpCapabilities }) => rooms.get(callId, epoch).join(peerId, rtpCapabilities),
    'peer:leave': async ({ callId, peerId }) => {
      rooms.find(callId)?.leave(peerId);
      return null;
    },
    'transport:connect': async ({ callId, epoch, peerId, transportId, dtlsParameters }) => {
      await rooms.get(callId, epoch).peer(peerId).transports.connect(transportId, dtlsParameters);
      return null;
    },
    'transport:restart-ice': ({ callId, epoch, peerId, transportId }) =>
      rooms.get(callId, epoch).peer(peerId).transports.restartIce(transportId),
    'producer:open': async ({ callId, epoch, peerId, transportId, kind, source, rtpParameters, paused }) => {
      const room = rooms.get(callId, epoch);
      const producer = await room.produce(peerId, transportId, { kind, source, rtpParameters, paused });
      // mediasoup made the id; the brand is ours.
      return { producerId: producer.id as ProducerId };
    },
    'producer:pause': async ({ callId, epoch, peerId, producerId }) => {
      await rooms.get(callId, epoch).peer(peerId).producers.setPaused(producerId, true);
      return null;
    },
    'producer:resume': async ({ callId, epoch, peerId, producerId }) => {
      await rooms.get(callId, epoch).peer(peerId).producers.setPaused(producerId, false);
      return null;
    },
    'producer:close': async ({ callId, epoch, peerId, producerId }) => {
      rooms.get(callId, epoch).peer(peerId).producers.close(producerId);
      return null;
    },
    'consumer:ready': async ({ callId, epoch, peerId, consumerIds }) => {
      await rooms.get(callId, epoch).peer(peerId).consumers.confirm(consumerIds);
      return null;
    },
    'consumer:prefer-layers': async ({ callId, epoch, peerId, consumerId, spatialLayer }) => {
      await rooms.get(callId, epoch).peer(peerId).consumers.preferLayers(consumerId, spatialLayer);
      return null;
    },
  };
}
