import type { InputOf, MediaEventName, mediaEvents, mediaRequestsFor, OutputOf } from '@bangban/protocol';
import type * as z from 'zod';
import type { MediaSignal } from './call-media.ts';

type MediaRequests = ReturnType<typeof mediaRequestsFor>;
/** Requests that name a room. */
type RoomRequestName = Exclude<Extract<keyof MediaRequests, string>, 'media:capabilities'>;

/** One incarnation of the media of one call. */
export type RoomName = { callId: string; epoch: number };

/** A media request to one room; it rejects with an `AssistError`. */
export type RoomRequest = <Name extends RoomRequestName>(
  name: Name,
  input: Omit<InputOf<MediaRequests, Name>, keyof RoomName>,
) => Promise<OutputOf<MediaRequests, Name>>;

/** What the server tells a peer about its room. */
export type RoomEvent = {
  [Name in MediaEventName]: { name: Name; payload: z.output<(typeof mediaEvents)[Name]> };
}[MediaEventName];

/** Requests of one room: whoever sends one need not know which. */
export function requestsTo(signal: MediaSignal, room: RoomName): RoomRequest {
  return (name, input) => {
    // Room and the rest together are the input; the compiler does not put a generic Omit back together. The call's id
    // came from the server and gets its brand back here.
    const whole = { ...input, callId: room.callId, epoch: room.epoch } as unknown as InputOf<
      MediaRequests,
      typeof name
    >;
    return signal.request(name, whole);
  };
}

const eventNames = {
  'media:consumer-added': true,
  'media:consumer-removed': true,
  'media:consumer-paused': true,
  'media:consumer-resumed': true,
} satisfies Record<MediaEventName, true>;

/** Hears the events of every room. Returns the unsubscription. */
export function hearRooms(signal: MediaSignal, listener: (event: RoomEvent) => void): () => void {
  const ends = (Object.keys(eventNames) as MediaEventName[]).map((name) =>
    // Name and payload belong together by the subscription.
    signal.on(name, (payload) => listener({ name, payload } as RoomEvent)),
  );
  return () => {
    for (const end of ends) end();
  };
}
