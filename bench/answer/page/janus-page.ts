/*
 * Runs in a page: one participant of a Janus VideoRoom, in plain WebRTC over Janus' JSON API. A script, not a module.
 */

/** A message of the Janus API, as far as it is read here. */
type JanusMessage = {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  plugindata?: { data: { videoroom?: string; publishers?: { id: number }[]; error?: string } };
  jsep?: RTCSessionDescriptionInit;
};

export type JanusParticipant = {
  /** Connects and opens camera and microphone: what may be there before the call is answered. */
  prepare(url: string): Promise<void>;
  createRoom(): Promise<number>;
  /** Joins at this moment of the wall clock; gives the moment when the first frame of the other one was there. */
  joinAt(options: { atMs: number; room: number }): Promise<number>;
  leave(): void;
};

declare global {
  interface Window {
    janus: JanusParticipant;
  }
}

const pageNow = () => performance.timeOrigin + performance.now();

let socket: WebSocket;
let session = 0;
let transactions = 0;
let local: MediaStream;
let connections: RTCPeerConnection[] = [];
const replies = new Map<string, (message: JanusMessage) => void>();
const handlers = new Map<number, (message: JanusMessage) => void>();

function send(message: Record<string, unknown>): string {
  transactions += 1;
  const transaction = String(transactions);
  socket.send(JSON.stringify({ ...message, transaction, ...(session ? { session_id: session } : {}) }));
  return transaction;
}

/** A request that is answered at once. */
function ask(message: Record<string, unknown>): Promise<JanusMessage> {
  return new Promise((resolve) => replies.set(send(message), resolve));
}

function receive(message: JanusMessage): void {
  const reply = message.transaction === undefined ? undefined : replies.get(message.transaction);
  // An asynchronous plugin request is acknowledged first; what it answers comes as an event of its handle.
  if (reply && message.janus !== 'event' && message.transaction !== undefined) {
    replies.delete(message.transaction);
    reply(message);
  } else if (message.sender !== undefined) {
    handlers.get(message.sender)?.(message);
  }
}

async function attach(onMessage: (message: JanusMessage) => void): Promise<number> {
  const { data } = await ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' });
  if (!data) throw new Error('Janus gave no handle');
  handlers.set(data.id, onMessage);
  return data.id;
}

function connect(handle: number): RTCPeerConnection {
  const connection = new RTCPeerConnection();
  connections.push(connection);
  connection.onicecandidate = ({ candidate }) =>
    send({ janus: 'trickle', handle_id: handle, candidate: candidate ? candidate.toJSON() : { completed: true } });
  return connection;
}

function firstFrameOf(track: MediaStreamTrack): Promise<number> {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.srcObject = new MediaStream([track]);
  document.body.replaceChildren(video);
  return new Promise((resolve) => video.requestVideoFrameCallback(() => resolve(pageNow())));
}

async function subscribe(room: number, feed: number, onTrack: (track: MediaStreamTrack) => void): Promise<void> {
  const handle = await attach(async ({ jsep }) => {
    if (!jsep) return;
    await connection.setRemoteDescription(jsep);
    await connection.setLocalDescription();
    send({ janus: 'message', handle_id: handle, body: { request: 'start' }, jsep: connection.localDescription });
  });
  const connection = connect(handle);
  connection.ontrack = ({ track }) => {
    if (track.kind === 'video') onTrack(track);
  };
  const body = { request: 'join', ptype: 'subscriber', room, streams: [{ feed }] };
  send({ janus: 'message', handle_id: handle, body });
}

function join(room: number): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const publish = async () => {
      const handle = await attach(async ({ jsep, plugindata }) => {
        if (plugindata?.data.error) reject(new Error(plugindata.data.error));
        for (const { id } of plugindata?.data.publishers ?? []) {
          subscribe(room, id, (track) => void firstFrameOf(track).then(resolve)).catch(reject);
        }
        if (jsep) await connection.setRemoteDescription(jsep);
      });
      const connection = connect(handle);
      for (const track of local.getTracks()) {
        connection.addTransceiver(track, { direction: 'sendonly', streams: [local] });
      }
      await connection.setLocalDescription();
      const body = { request: 'joinandconfigure', ptype: 'publisher', room };
      send({ janus: 'message', handle_id: handle, body, jsep: connection.localDescription });
    };
    publish().catch(reject);
  });
}

window.janus = {
  async prepare(url) {
    const video = { width: 1_280, height: 720, frameRate: 30 };
    local = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    socket = new WebSocket(url, 'janus-protocol');
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    session = (await ask({ janus: 'create' })).data?.id ?? 0;
  },
  async createRoom() {
    const handle = await attach(() => undefined);
    const room = Math.floor(Math.random() * 1e9);
    const settings = { room, publishers: 2, bitrate: 0, fir_freq: 0, audiocodec: 'opus', videocodec: 'vp8' };
    await ask({ janus: 'message', handle_id: handle, body: { request: 'create', ...settings } });
    return room;
  },
  async joinAt({ atMs, room }) {
    await new Promise((resolve) => setTimeout(resolve, atMs - pageNow() - 5));
    // A timer is late by up to a few milliseconds; the last ones are waited for in place.
    while (pageNow() < atMs);
    return join(room);
  },
  leave() {
    for (const connection of connections) connection.close();
    for (const handle of handlers.keys()) send({ janus: 'detach', handle_id: handle });
    handlers.clear();
    connections = [];
  },
};
