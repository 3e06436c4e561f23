import type { CallId, CommandId, KioskCallView, Language, ServiceCode } from '@bangban/protocol';
import type { CallMedia, MediaSignal } from '@bangban/sfu/client';
import type { DeviceReport, LocalDevices } from '../media/devices.ts';
import type { CallMarkStore } from './call-mark.ts';
import { type CallSession, createCallSession, type KioskConnection, type SessionOver } from './call-session.ts';
import type { KnownCall } from './call-view.ts';
import { type Failure, failureOf, failureOfRefusal, failureOfSession, outcomeOf } from './failure.ts';
import { createLiveCall, type LiveCall } from './live-call.ts';
import type { HelpState, Link, Muted } from './state.ts';

/** What the host page asks help for; read again whenever it is needed, because the page may change it. */
export type HelpSettings = { deviceToken: string; service: string; language: Language };

export type ControllerPorts = {
  settings(): HelpSettings;
  connect(): KioskConnection;
  createMedia(signal: MediaSignal): CallMedia;
  devices: LocalDevices;
  mark: CallMarkStore;
  /** The consent text that the screens show. */
  consentVersion: string;
  newCommandId(): CommandId;
  /** Runs the action once after the delay. Returns the cancellation. */
  after(delayMs: number, action: () => void): () => void;
  /** Milliseconds, monotone, on the same clock as `Link.sinceMs`. */
  now(): number;
};

/** The resident's way through a call. Each method is a touch; one that does not fit the state does nothing. */
export type CallController = {
  state(): HelpState;
  /** Runs after every change of the state. Returns the unsubscription. */
  subscribe(listener: () => void): () => void;
  open(): void;
  /** After a page load: goes back to the call of this tab, if there is one. */
  resume(): void;
  agree(): void;
  /** Leaves whatever is on the screen before the call is answered; in a call it ends the call. */
  cancel(): void;
  tryDevicesAgain(): void;
  callAnyway(): void;
  returnToCall(): void;
  endFoundCall(): void;
  setMuted(source: keyof Muted, muted: boolean): void;
  end(): void;
  dismiss(): void;
  /** Stops everything without ending the call: another page of this tab may go on with it. */
  close(): void;
};

/**
 * A call is given up when the connection does not come back. The server keeps a kiosk's call for 60 s; the margin makes
 * sure that the call is over there as well.
 */
const GIVE_UP_AFTER_MS = 65_000;
/** Nobody stands before a screen that only says "connecting" for longer than this. */
const NO_ANSWER_AFTER_MS = 20_000;
/** How long the end of a call is repeated to a server that does not answer; by then it has noticed by itself. */
const FAREWELL_MS = 65_000;

const nothingMuted: Muted = { microphone: false, camera: false };

/** The controller of one `<bangban-help>`. Starts idle and opens nothing before the resident asks. */
export function createCallController(ports: ControllerPorts): CallController {
  const { devices, mark, after } = ports;
  const listeners = new Set<() => void>();
  let state: HelpState = { at: 'idle' };
  let session: CallSession | null = null;
  let connection: KioskConnection | null = null;
  let live: LiveCall | null = null;
  let found: KioskCallView | null = null;
  let serverConsent: string | null = null;
  let cancelDeadline: (() => void) | null = null;

  const become = (next: HelpState): void => {
    state = next;
    for (const listener of [...listeners]) listener();
  };

  const setDeadline = (delayMs: number, failure: Failure): void => {
    cancelDeadline?.();
    cancelDeadline = after(delayMs, () => finish({ at: 'failed', failure }));
  };
  const clearDeadline = (): void => {
    cancelDeadline?.();
    cancelDeadline = null;
  };

  /**
   * Lets go of everything that belongs to this resident, then shows `next`.
   *
   * @param abandoned a call that the server knows and this tab does not hold, to be ended too
   */
  const finish = (next: HelpState, abandoned: CallId | null = null): void => {
    clearDeadline();
    live?.close();
    devices.close();
    mark.clear();
    const leaving = session;
    session = connection = live = found = serverConsent = null;
    become(next);
    if (leaving === null) return;
    const cancelFarewell = after(FAREWELL_MS, () => leaving.close());
    void leaving.leave(abandoned).then(() => {
      cancelFarewell();
      leaving.close();
    });
  };

  const fail = (failure: Failure): void => finish({ at: 'failed', failure });

  const startSession = (): CallSession => {
    connection = ports.connect();
    session = createCallSession(
      { connection, newCommandId: ports.newCommandId, after },
      { onWelcome, onView, onLost: () => fail('connection-lost'), onLink, onOver },
    );
    return session;
  };

  const onWelcome = (welcome: { consentVersion: string; call: KnownCall }): void => {
    serverConsent = welcome.consentVersion;
    const known = welcome.call?.state === 'closed' ? null : welcome.call;
    if (state.at === 'resuming') {
      if (known === null || known.callId !== mark.read()?.callId) return fail('connection-lost');
      session?.hold(known);
    } else if (
      known !== null &&
      (state.at === 'consent' || state.at === 'opening-devices' || state.at === 'no-devices')
    ) {
      found = known;
      devices.close();
      become({ at: 'found-call' });
    } else if (state.at === 'found-call' && known === null) {
      found = null;
      become({ at: 'consent' });
    }
  };

  const onView = (view: KioskCallView): void => {
    if (view.state === 'closed') {
      const outcome = outcomeOf(view.reason);
      if (outcome === 'idle' || outcome === 'thanks') return finish({ at: outcome });
      return fail(outcome);
    }
    if (connection === null || session === null) return;
    if (live === null) {
      const kept = mark.read();
      const muted = kept?.callId === view.callId ? kept.muted : nothingMuted;
      clearDeadline();
      mark.write({ callId: view.callId, muted });
      live = createLiveCall(ports, { signal: connection, muted, onChange: refresh });
    }
    live.follow(view);
    show(view);
  };

  const show = (view: Exclude<KioskCallView, { state: 'closed' }>): void => {
    if (session === null || live === null) return;
    const ongoing = { link: session.link(), devices: devices.report(), muted: live.muted() };
    if (view.state === 'queued') become({ ...ongoing, at: 'waiting', view });
    else become({ ...ongoing, at: 'talking', view, remote: live.remote(), media: live.condition() });
  };

  const refresh = (): void => {
    if (state.at === 'waiting' || state.at === 'talking') show(state.view);
  };

  const onLink = (link: Link): void => {
    if (state.at === 'resuming' || state.at === 'requesting') return become({ ...state, link });
    if (state.at !== 'waiting' && state.at !== 'talking') return;
    if (link.state === 'up') clearDeadline();
    else if (cancelDeadline === null) {
      const downForMs = link.state === 'down' ? ports.now() - link.sinceMs : 0;
      setDeadline(Math.max(0, GIVE_UP_AFTER_MS - downForMs), 'connection-lost');
    }
    refresh();
  };

  const onOver = (over: SessionOver): void =>
    fail('refused' in over ? failureOfRefusal(over.refused) : failureOfSession(over.ended));

  const openDevices = async (): Promise<void> => {
    become({ at: 'opening-devices' });
    const report = await devices.open();
    if (state.at !== 'opening-devices') return;
    if (report.camera.state === 'working' || report.microphone.state === 'working') request(report);
    else become({ at: 'no-devices', devices: report });
  };

  const request = (report: DeviceReport): void => {
    if (session === null) return;
    if (serverConsent !== null && serverConsent !== ports.consentVersion) return fail('outdated');
    const { service, language } = ports.settings();
    become({ at: 'requesting', link: session.link(), devices: report });
    setDeadline(NO_ANSWER_AFTER_MS, 'unreachable');
    session
      .request({
        // Whether the page's service code is one is for the server to say: it answers `service-unknown`.
        service: service as ServiceCode,
        language,
        consent: { version: ports.consentVersion, language },
        devices: { camera: report.camera.state === 'working', microphone: report.microphone.state === 'working' },
      })
      .catch((error: unknown) => {
        if (state.at === 'requesting') fail(failureOf(error));
      });
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open() {
      if (state.at !== 'idle' && state.at !== 'failed' && state.at !== 'thanks') return;
      const { deviceToken, service } = ports.settings();
      if (deviceToken === '' || service === '') return become({ at: 'failed', failure: 'not-set-up' });
      become({ at: 'consent' });
      startSession();
    },
    resume() {
      if (state.at !== 'idle' || mark.read() === null || ports.settings().deviceToken === '') return;
      become({ at: 'resuming', link: { state: 'connecting' } });
      setDeadline(GIVE_UP_AFTER_MS, 'connection-lost');
      // The resident agreed before the page was loaded anew; opening while connecting is the sooner way back.
      void devices.open();
      startSession();
    },
    agree() {
      if (state.at === 'consent') void openDevices();
    },
    cancel() {
      if (state.at === 'idle' || state.at === 'talking') return;
      // A call that was to be resumed is known by its mark only.
      finish({ at: 'idle' }, state.at === 'resuming' ? (mark.read()?.callId ?? null) : null);
    },
    tryDevicesAgain() {
      if (state.at === 'no-devices') void openDevices();
    },
    callAnyway() {
      if (state.at === 'no-devices') request(state.devices);
    },
    returnToCall() {
      if (state.at !== 'found-call' || found === null) return;
      void devices.open();
      session?.hold(found);
    },
    endFoundCall() {
      if (state.at === 'found-call') finish({ at: 'idle' }, found?.callId ?? null);
    },
    setMuted(source, muted) {
      if (state.at !== 'talking' && state.at !== 'waiting') return;
      live?.setMuted(source, muted);
      if (live) mark.write({ callId: state.view.callId, muted: live.muted() });
      refresh();
    },
    end() {
      if (state.at === 'talking') finish({ at: 'thanks' });
    },
    dismiss() {
      if (state.at === 'thanks' || state.at === 'failed') become({ at: 'idle' });
    },
    close() {
      clearDeadline();
      live?.close();
      devices.close();
      session?.close();
      session = connection = live = found = null;
      listeners.clear();
      state = { at: 'idle' };
    },
  };
}
