import type { AgentCallView } from '@bangban/protocol';
import type { CallMedia, MediaTarget } from '@bangban/sfu/client';
import { createDisposer } from '../ui/disposer.ts';
import { createStore, type Readable } from '../ui/store.ts';
import type { AgentCallController } from './agent-call.ts';
import type { LocalDevices } from './local-devices.ts';

/** What the agent withholds from the resident. */
export type OwnMute = { microphone: boolean; camera: boolean };

/** Keeps the media of the call in step with the desk's view of it, the agent's devices and their mute. */
export type CallMediaLink = Readable<OwnMute> & {
  setMuted(source: keyof OwnMute, muted: boolean): void;
  /** The click on Answer: tracks flow at once, before the desk has answered. */
  answer(): Promise<void>;
  close(): void;
};

const UNMUTED: OwnMute = { microphone: false, camera: false };

/**
 * The room to be in for a view of the call; null for none.
 *
 * @param answering the agent has clicked Answer and the desk's answer is on its way
 */
export function targetOf(call: AgentCallView | null, answering: boolean): MediaTarget | null {
  if (call === null || call.state === 'wrapping-up' || call.media === null) return null;
  const room = { callId: call.callId, epoch: call.media.epoch };
  if (call.state === 'offered') return { ...room, flow: answering ? 'open' : 'prepared' };
  return { ...room, flow: call.state === 'held' ? 'held' : 'open' };
}

/** @param parts.media owned by the caller; it is told what to follow and never closed here */
export function createCallMediaLink(parts: {
  agentCall: AgentCallController;
  devices: LocalDevices;
  media: Pick<CallMedia, 'follow' | 'setLocalTrack' | 'setMuted'>;
}): CallMediaLink {
  const { agentCall, devices, media } = parts;
  const store = createStore<OwnMute>(UNMUTED);
  const disposer = createDisposer();
  let callId: string | null = null;

  const follow = () => {
    const { call, pending } = agentCall.get();
    if (call !== null && call.callId !== callId) {
      // The mute belongs to one call: the next resident hears the agent.
      store.set(UNMUTED);
      media.setMuted('microphone', false);
      media.setMuted('camera', false);
    }
    callId = call?.callId ?? callId;
    media.follow(targetOf(call, pending === 'accept'));
  };

  const bringTracks = () => {
    const { camera, microphone } = devices.get();
    media.setLocalTrack('camera', camera.state === 'open' ? camera.track : null);
    media.setLocalTrack('microphone', microphone.state === 'open' ? microphone.track : null);
  };

  bringTracks();
  follow();
  disposer.add(devices.subscribe(bringTracks), agentCall.subscribe(follow), () => media.follow(null));

  return {
    get: store.get,
    subscribe: store.subscribe,
    setMuted(source, muted) {
      store.set({ ...store.get(), [source]: muted });
      media.setMuted(source, muted);
    },
    async answer() {
      // Marks the command as pending at once, and `follow` opens the room on that very change.
      await agentCall.command('accept');
    },
    close: disposer.close,
  };
}
