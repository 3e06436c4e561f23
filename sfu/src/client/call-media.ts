import type { InputOf, MediaEventName, mediaEvents, mediaRequestsFor, OutputOf } from '@bangban/protocol';
import type { ErrorCode } from '@bangban/protocol/plain';
import type * as z from 'zod';

/** The media part of either side's request table. */
type MediaRequests = ReturnType<typeof mediaRequestsFor>;

/** How call media talks to signalling: the media requests and events of either side's connection. */
export type MediaSignal = {
  request<Name extends Extract<keyof MediaRequests, string>>(
    name: Name,
    input: InputOf<MediaRequests, Name>,
  ): Promise<OutputOf<MediaRequests, Name>>;
  /** Returns the unsubscription. */
  on<Name extends MediaEventName>(
    name: Name,
    listener: (payload: z.output<(typeof mediaEvents)[Name]>) => void,
  ): () => void;
};

/** What the server's view of the call asks of this side's media. */
export type MediaTarget = {
  callId: string;
  epoch: number;
  /** `prepared`: everything is set up and nothing is sent; `open`: tracks flow; `held`: nothing is sent until resumed. */
  flow: 'prepared' | 'open' | 'held';
};

/** What call media is doing. Failure is a state, not an exception. */
export type CallMediaState =
  | { state: 'idle' }
  | { state: 'joining'; epoch: number }
  | { state: 'ready'; epoch: number; flow: MediaTarget['flow'] }
  /** The path to the media server is down; the ladder (ICE restart, new transports) is at work. */
  | { state: 'recovering'; epoch: number; sinceMs: number }
  /** Tried and refused; a new epoch or `retry()` starts over. */
  | { state: 'failed'; epoch: number; code: ErrorCode };

/** What is received from the other side. A track stays the same object while it flows, is muted and flows again. */
export type RemoteMedia = {
  microphone: { track: MediaStreamTrack; muted: boolean } | null;
  camera: { track: MediaStreamTrack; muted: boolean } | null;
  screen: { track: MediaStreamTrack; muted: boolean } | null;
};

/**
 * One side's media in one call. Declarative: tell it what the newest view of the call asks for, and which local tracks
 * there are; it joins, prepares, opens, holds, recovers and leaves by itself, and reports `media:report-flowing` once.
 */
export type CallMedia = {
  state(): CallMediaState;
  remote(): RemoteMedia;
  /** The room to be in, from the newest view; null leaves. A higher epoch leaves the old room and joins the new one. */
  follow(target: MediaTarget | null): void;
  /** Sets, replaces or (null) removes a local track. The caller owns the track and stops it. */
  setLocalTrack(source: 'microphone' | 'camera' | 'screen', track: MediaStreamTrack | null): void;
  /** Mutes or unmutes towards the other side; the other side is told. Survives rejoining. */
  setMuted(source: 'microphone' | 'camera', muted: boolean): void;
  /** After `failed`: start over. */
  retry(): void;
  /** Runs after every change of `state()` or `remote()`. Returns the unsubscription. */
  subscribe(listener: () => void): () => void;
  /** Leaves and releases everything. Idempotent. */
  close(): void;
};
