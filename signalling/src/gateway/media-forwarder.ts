import {
  AssistError,
  type CallId,
  type Handlers,
  type InputOf,
  type KioskId,
  type mediaRequestsFor,
  type OutputOf,
  PeerId,
  type RequestName,
  type SfuRequests,
  type StaffId,
} from '@bangban/protocol';
import type { Desk } from '../desk/ports.ts';
import type { MediaServers } from './media-servers.ts';

type MediaRequests = ReturnType<typeof mediaRequestsFor>;

/** Whose media it is: a peer's id is the id of the kiosk or of the agent. */
export type MediaParticipant = { kind: 'kiosk'; kioskId: KioskId } | { kind: 'staff'; staffId: StaffId };

/**
 * Answers the media requests of one kind of client by asking the media server that has the call's room. Whether the
 * participant may be in that room has been decided by the access rule.
 */
export function createMediaHandlers<Context>(options: {
  desk: Pick<Desk, 'roomOf' | 'execute'>;
  servers: Pick<MediaServers, 'linkOf' | 'capabilities'>;
  participant(context: Context): MediaParticipant;
}): Handlers<MediaRequests, Context> {
  const { desk, servers, participant } = options;

  async function forward<Name extends RequestName<SfuRequests>>(
    name: Name,
    input: InputOf<SfuRequests, Name> & { callId: CallId; epoch: number },
  ): Promise<OutputOf<SfuRequests, Name>> {
    const room = desk.roomOf(input.callId);
    if (!room) throw unavailable('the call has no room now');
    if (room.epoch !== input.epoch) throw new AssistError('media-stale', `the room is in epoch ${room.epoch}`);
    const link = servers.linkOf(room.sfuId);
    if (!link) throw unavailable('the media server of the room is not linked');
    try {
      return await link.request(name, input);
    } catch (error) {
      // To the client it is the media server that is unreachable, not this one.
      if (error instanceof AssistError && error.code === 'unreachable') throw unavailable('no answer', error);
      throw error;
    }
  }

  const peerId = (context: Context) => {
    const who = participant(context);
    return PeerId.parse(who.kind === 'kiosk' ? who.kioskId : who.staffId);
  };

  return {
    'media:capabilities': async () => {
      const routerRtpCapabilities = servers.capabilities();
      if (!routerRtpCapabilities) throw unavailable('no media server is linked');
      return { routerRtpCapabilities };
    },
    'media:join': (input, context) => forward('peer:join', { ...input, peerId: peerId(context) }),
    'media:connect': (input, context) => forward('transport:connect', { ...input, peerId: peerId(context) }),
    'media:restart-ice': (input, context) => forward('transport:restart-ice', { ...input, peerId: peerId(context) }),
    'media:produce': (input, context) => forward('producer:open', { ...input, peerId: peerId(context) }),
    'media:pause-producer': (input, context) => forward('producer:pause', { ...input, peerId: peerId(context) }),
    'media:resume-producer': (input, context) => forward('producer:resume', { ...input, peerId: peerId(context) }),
    'media:close-producer': (input, context) => forward('producer:close', { ...input, peerId: peerId(context) }),
    'media:ready-consumers': (input, context) => forward('consumer:ready', { ...input, peerId: peerId(context) }),
    'media:prefer-layers': (input, context) => forward('consumer:prefer-layers', { ...input, peerId: peerId(context) }),
    'media:report-flowing': async ({ callId, epoch }, context) => {
      const side = participant(context).kind === 'kiosk' ? 'kiosk' : 'agent';
      return desk.execute<'media-flowing'>({ type: 'media-flowing', callId, side, epoch });
    },
  };
}

function unavailable(why: string, cause?: unknown): AssistError {
  return new AssistError('media-unavailable', why, { cause });
}
