import { createWaiting, pauseBefore } from './back-off.ts';
import type { CallMediaState, MediaSignal, MediaTarget, RemoteMedia } from './call-media.ts';
import type { DeviceLoader } from './device.ts';
import type { LocalSource } from './encodings.ts';
import { isFlowing } from './flowing.ts';
import { Membership } from './membership.ts';
import { codeOf, isRefusal } from './refusal.ts';
import { type RoomEvent, type RoomRequest, requestsTo } from './room-signal.ts';
import type { LocalSend } from './sending.ts';

/** Refused attempts in a row before it counts as failed; being cut off is no refusal and does not count. */
const maxAttempts = 8;
/** How often to look for the first frame, in milliseconds: about every frame. */
const lookEveryMs = 40;

export type SessionOptions = {
  signal: MediaSignal;
  devices: DeviceLoader;
  target: MediaTarget;
  /** What the participant sends; read at every join. */
  local: ReadonlyMap<LocalSource, LocalSend>;
  onChange(): void;
};

/**
 * The media of one room while it is followed: joins, recovers, joins anew. What it does is one loop; whoever follows
 * another room closes this one.
 *
 *   joining ──▶ ready ◀──▶ recovering (ICE restart, then new transports)
 *      └──────────┴──────────▶ failed ──(retry)──▶ joining
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #request: RoomRequest;
  /** A pause between attempts, the wait for a newer view, and the look-out for the first frame. */
  readonly #pause = createWaiting();
  readonly #newerView = createWaiting();
  readonly #look = createWaiting();
  #target: MediaTarget;
  #state: CallMediaState;
  #membership: Membership | null = null;
  /** The one before, until the new one shows the same: a still picture is better than a black one. */
  #previous: Membership | null = null;
  /** What the room told since the join was asked for: the answer may not know it yet. */
  #early: RoomEvent[] | null = null;
  #openedAt = performance.now();
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#target = options.target;
    this.#state = { state: 'joining', epoch: options.target.epoch };
    this.#request = requestsTo(options.signal, options.target);
    void this.#run();
    void this.#reportFlowing();
  }

  state(): CallMediaState {
    return this.#state;
  }

  remote(): RemoteMedia {
    const now = this.#membership?.receiving.remote();
    const before = this.#previous?.receiving.remote();
    return {
      microphone: now?.microphone ?? before?.microphone ?? null,
      camera: now?.camera ?? before?.camera ?? null,
      screen: now?.screen ?? before?.screen ?? null,
    };
  }

  /** The same room, perhaps with another flow. Also the sign that a room which was stale may be there now. */
  follow(target: MediaTarget): void {
    if (target.flow === 'open' && this.#target.flow !== 'open') this.#openedAt = performance.now();
    this.#target = target;
    this.#membership?.sending.setOpen(target.flow === 'open');
    if (this.#state.state === 'ready' && this.#state.flow !== target.flow) {
      this.#become({ state: 'ready', epoch: target.epoch, flow: target.flow });
    }
    this.#newerView.wake();
    this.#look.wake();
  }

  send(source: LocalSource, wanted: LocalSend | null): void {
    this.#membership?.sending.set(source, wanted);
  }

  handle(event: RoomEvent): void {
    if (this.#early) this.#early.push(event);
    else this.#membership?.handle(event);
  }

  retry(): void {
    if (this.#state.state !== 'failed') return;
    this.#become({ state: 'joining', epoch: this.#target.epoch });
    this.#pause.wake();
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.#previous?.close();
    this.#membership?.close();
    for (const waiting of [this.#pause, this.#newerView, this.#look]) waiting.wake();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      const error = await this.#belong(() => {
        failures = 0;
      });
      if (this.#closed) return;
      if (this.#state.state === 'ready') this.#recovering();
      if (codeOf(error) === 'media-stale') {
        await this.#newerView.wait();
        continue;
      }
      if (codeOf(error) !== 'unreachable') failures += 1;
      if (isRefusal(error) || failures >= maxAttempts) {
        await this.#fail(error);
        failures = 0;
      } else {
        await this.#pause.wait(pauseBefore(Math.max(1, failures)));
      }
    }
  }

  /** Joins and stays. Resolves with what prevented it or put an end to it; never rejects. */
  async #belong(onJoined: () => void): Promise<unknown> {
    const { signal, devices, local, onChange } = this.#options;
    const broken = Promise.withResolvers<unknown>();
    try {
      const device = await devices.load(signal);
      this.#early = [];
      // mediasoup-client's capabilities, as the protocol bounds them; the server judges both.
      const joined = await this.#request('media:join', { rtpCapabilities: device.recvRtpCapabilities as never });
      if (this.#closed) return undefined;
      const membership = new Membership(joined, {
        device,
        request: this.#request,
        isOpen: this.#target.flow === 'open',
        onChange,
        onTrouble: () => this.#recovering(),
        onHealthy: () => this.#ready(),
        onBroken: broken.resolve,
      });
      this.#previous?.close();
      this.#previous = this.#membership;
      this.#membership = membership;
      this.#openedAt = performance.now();
      const started = membership.start(joined, local);
      for (const event of this.#early) membership.handle(event);
      this.#early = null;
      await started;
      this.#previous?.close();
      this.#previous = null;
      if (this.#closed) return undefined;
      onJoined();
      this.#ready();
    } catch (error) {
      this.#early = null;
      return error;
    }
    return broken.promise;
  }

  #ready(): void {
    const { epoch, flow } = this.#target;
    this.#become({ state: 'ready', epoch, flow });
    this.#look.wake();
  }

  #recovering(): void {
    this.#become({ state: 'recovering', epoch: this.#target.epoch, sinceMs: performance.now() });
  }

  async #fail(error: unknown): Promise<void> {
    const code = codeOf(error);
    // What this browser can do was computed from the server's capabilities: those may have changed.
    if (code === 'media-rejected') this.#options.devices.forget();
    this.#become({ state: 'failed', epoch: this.#target.epoch, code });
    await this.#pause.wait();
  }

  #become(state: CallMediaState): void {
    if (this.#closed) return;
    this.#state = state;
    this.#options.onChange();
  }

  /** Once in the life of a room: its media works, as far as the devices on the other side allow. */
  async #reportFlowing(): Promise<void> {
    for (let attempt = 1; !this.#closed; ) {
      if (!(await this.#isFlowing())) {
        const isLooking = this.#target.flow === 'open' && this.#membership !== null;
        await this.#look.wait(isLooking ? lookEveryMs : undefined);
        continue;
      }
      try {
        await this.#request('media:report-flowing', {});
        return;
      } catch (error) {
        if (codeOf(error) === 'media-stale' || isRefusal(error)) return;
        await this.#pause.wait(pauseBefore(attempt));
        attempt += 1;
      }
    }
  }

  async #isFlowing(): Promise<boolean> {
    if (this.#target.flow !== 'open' || this.#state.state !== 'ready' || !this.#membership) return false;
    const incoming = await this.#membership.receiving.incoming();
    return isFlowing(incoming, performance.now() - this.#openedAt);
  }
}
