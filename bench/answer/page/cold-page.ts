import type { AgentCallView, CallId, CommandId, KioskCallView, ServiceCode } from '@bangban/protocol';
import { AssistError } from '@bangban/protocol/plain';
import { type CallMedia, createCallMedia } from '@bangban/sfu/client';
import { connectKiosk, connectStaff, type KioskConnection, type StaffConnection } from '@bangban/signalling/client';

/*
 * Runs in an empty page (bundled): one side of a call that prepares nothing. It holds a connection and open devices, as the
 * Janus page does, and joins the room only once the call is answered.
 */

export type ColdSide = {
  openAsKiosk(options: { url: string; deviceToken: string }): Promise<void>;
  openAsAgent(options: { url: string; accessToken: string }): Promise<void>;
  /** False when the server says that this kiosk has called too often lately. */
  requestCall(service: string): Promise<boolean>;
  isOffered(): boolean;
  /** Answers; gives when that was, on the clock that both pages share. */
  answer(): Promise<number>;
  /** When the first frame of the other side was there. */
  firstFrameAt(): number | null;
  end(): Promise<void>;
  finishWrapUp(): Promise<void>;
};

declare global {
  interface Window {
    cold: ColdSide;
  }
}

type AnyCallView = KioskCallView | AgentCallView;

const pageNow = () => performance.timeOrigin + performance.now();
const newCommandId = () => crypto.randomUUID() as CommandId;

let kiosk: KioskConnection | undefined;
let staff: StaffConnection | undefined;
let media: CallMedia | undefined;
let consentVersion = '';
let call: { id: CallId; state: AnyCallView['state'] } | undefined;
let firstFrame: number | null = null;
let watched: MediaStreamTrack | undefined;

async function openMedia(connection: KioskConnection | StaffConnection): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 1_280, height: 720, frameRate: 30 },
  });
  media = createCallMedia({ signal: connection });
  media.setLocalTrack('microphone', stream.getAudioTracks()[0] ?? null);
  media.setLocalTrack('camera', stream.getVideoTracks()[0] ?? null);
  media.subscribe(() => {
    const track = media?.remote().camera?.track;
    if (track && track !== watched) watchFirstFrame(track);
  });
}

function watchFirstFrame(track: MediaStreamTrack): void {
  watched = track;
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.srcObject = new MediaStream([track]);
  document.body.replaceChildren(video);
  video.requestVideoFrameCallback(() => {
    firstFrame ??= pageNow();
  });
}

/** Joins only what is answered; what the view offers to prepare before is left alone. */
function follow(view: AnyCallView): void {
  call = { id: view.callId, state: view.state };
  if ((view.state === 'connecting' || view.state === 'active') && view.media) {
    media?.follow({ callId: view.callId, epoch: view.media.epoch, flow: 'open' });
  } else if (view.state === 'closed' || view.state === 'wrapping-up') {
    media?.follow(null);
  }
}

function command(): { commandId: CommandId; callId: CallId } {
  if (!call) throw new Error('there is no call');
  return { commandId: newCommandId(), callId: call.id };
}

window.cold = {
  async openAsKiosk({ url, deviceToken }) {
    const connection = connectKiosk({ url, deviceToken, installation: crypto.randomUUID() });
    kiosk = connection;
    connection.on('call:changed', follow);
    await new Promise<void>((resolve) => {
      connection.on('kiosk:welcomed', (welcome) => {
        consentVersion = welcome.consentVersion;
        resolve();
      });
    });
    await openMedia(connection);
  },
  async openAsAgent({ url, accessToken }) {
    const connection = connectStaff({ url, accessToken });
    staff = connection;
    connection.on('call:changed', follow);
    await new Promise<void>((resolve) => connection.on('staff:welcomed', () => resolve()));
    await connection.request('availability:set', { commandId: newCommandId(), availability: { state: 'available' } });
    await openMedia(connection);
  },
  async requestCall(service) {
    firstFrame = null;
    if (!kiosk) throw new Error('this side is no kiosk');
    try {
      const view = await kiosk.request('call:request', {
        commandId: newCommandId(),
        service: service as ServiceCode,
        language: 'zh-CN',
        consent: { version: consentVersion, language: 'zh-CN' },
        devices: { camera: true, microphone: true },
      });
      follow(view);
      return true;
    } catch (error) {
      if (error instanceof AssistError && error.code === 'rate-limited') return false;
      throw error;
    }
  },
  isOffered: () => call?.state === 'offered',
  async answer() {
    firstFrame = null;
    const answeredAt = pageNow();
    const view = await staff?.request('offer:accept', command());
    if (view) follow(view);
    return answeredAt;
  },
  firstFrameAt: () => firstFrame,
  async end() {
    await kiosk?.request('call:end', command());
    media?.follow(null);
  },
  async finishWrapUp() {
    await staff?.request('call:finish-wrap-up', command());
  },
};
