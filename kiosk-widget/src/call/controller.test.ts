import type { CallId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { active, callId, closed, queued, settle, stageCall, stateAt } from './testing.ts';

describe('consent', () => {
  it('[WIDGET-10] opens no device and asks for no call before the resident agrees', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome();
    await settle();
    expect(staged.controller.state()).toEqual({ at: 'consent' });
    expect(staged.devices.opened()).toBe(0);
    expect(staged.server().requests).toEqual([]);
  });

  it('[WIDGET-11] names the version and the language of the text that was shown', async () => {
    const staged = stageCall();
    staged.settings.language = 'en';
    await staged.enter();
    expect(staged.server().requests[0]).toMatchObject({
      name: 'call:request',
      input: {
        consent: { version: 'text-1', language: 'en' },
        language: 'en',
        devices: { camera: true, microphone: true },
      },
    });
  });

  it('[WIDGET-11] asks for no call when the server has another text in force', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome(null, 'text-2');
    staged.controller.agree();
    await settle();
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'outdated' });
    expect(staged.server().requests).toEqual([]);
  });

  it('[WIDGET-5] says that help is not ready on a page without token or service', () => {
    for (const missing of ['deviceToken', 'service'] as const) {
      const staged = stageCall();
      staged.settings[missing] = '';
      staged.controller.open();
      expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'not-set-up' });
    }
  });
});

describe('devices', () => {
  it('[WIDGET-12] calls with one working device and says so to the server', async () => {
    const staged = stageCall();
    staged.devices.found = { ...staged.devices.found, camera: { state: 'failed', problem: 'missing' } };
    await staged.enter();
    expect(stateAt(staged, 'waiting').devices.camera).toEqual({ state: 'failed', problem: 'missing' });
    expect(staged.server().requests[0]).toMatchObject({ input: { devices: { camera: false, microphone: true } } });
  });

  it('[WIDGET-13] lets the resident choose when nothing works', async () => {
    const staged = stageCall();
    const working = staged.devices.found;
    const failed = { state: 'failed', problem: 'refused' } as const;
    staged.devices.found = { camera: failed, microphone: failed };
    await staged.enter();
    expect(stateAt(staged, 'no-devices').devices.camera).toEqual(failed);
    expect(staged.server().requests).toEqual([]);

    staged.controller.callAnyway();
    await settle();
    expect(stateAt(staged, 'waiting').devices.microphone).toEqual(failed);
    staged.controller.cancel();

    await staged.enter();
    staged.devices.found = working;
    staged.controller.tryDevicesAgain();
    await settle();
    expect(stateAt(staged, 'waiting').devices.microphone.state).toBe('working');
  });

  it('[WIDGET-15] goes on without a device that is unplugged, and takes it back', async () => {
    const staged = stageCall();
    await staged.enter(active());
    const { camera, microphone } = staged.devices.found;
    staged.devices.become({ camera: { state: 'failed', problem: 'unplugged' }, microphone });
    expect(stateAt(staged, 'talking').devices.camera).toEqual({ state: 'failed', problem: 'unplugged' });
    expect(staged.media().localTrack('camera')).toBeNull();
    staged.devices.become({ camera, microphone });
    expect(staged.media().localTrack('camera')).toBe(camera.state === 'working' && camera.track);
  });
});

describe('media', () => {
  it('[WIDGET-25] follows the view: prepared, open, held, another room, none', async () => {
    const staged = stageCall();
    await staged.enter();
    expect(staged.media().target()).toEqual({ callId, epoch: 1, flow: 'prepared' });
    staged.server().emit('call:changed', active());
    expect(staged.media().target()).toEqual({ callId, epoch: 1, flow: 'open' });
    staged.server().emit('call:changed', active({ version: 6, media: { epoch: 2 } }));
    expect(staged.media().target()).toEqual({ callId, epoch: 2, flow: 'open' });
    staged.server().emit('call:changed', { ...active({ version: 7 }), state: 'held' });
    expect(staged.media().target()?.flow).toBe('held');
    staged.server().emit('call:changed', queued({ version: 8, returned: true, media: null }));
    expect(staged.media().target()).toBeNull();
  });

  it('[WIDGET-26] keeps what was muted across a page load', async () => {
    const first = stageCall();
    await first.enter(active());
    first.controller.setMuted('microphone', true);
    expect(stateAt(first, 'talking').muted).toEqual({ microphone: true, camera: false });
    const { microphone } = first.devices.found;
    expect(microphone.state === 'working' && microphone.track.enabled).toBe(false);
    const mark = first.mark.held();
    first.controller.close();
    expect(first.mark.held()).toEqual(mark);

    const second = stageCall({ ...(mark && { mark }) });
    second.controller.resume();
    second.welcome(active());
    await settle();
    expect(stateAt(second, 'talking').muted).toEqual({ microphone: true, camera: false });
    expect(second.media().isMuted('microphone')).toBe(true);
  });

  it('[WIDGET-27] tries a refused room again while the call goes on', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.media().become({ state: 'failed', epoch: 1, code: 'media-unavailable' });
    expect(stateAt(staged, 'talking').media).toBe('interrupted');
    await staged.timers.pass(3_000);
    expect(staged.media().retries()).toBe(1);
    expect(stateAt(staged, 'talking').media).toBe('fine');
  });
});

describe('the end', () => {
  it('[WIDGET-40] lets everything go at once, also without a connection', async () => {
    const staged = stageCall();
    await staged.enter(active());
    const { camera, microphone } = staged.devices.found;
    const media = staged.media();
    staged.server().become({ state: 'reconnecting', sinceMs: 0 });
    staged.controller.end();
    expect(staged.controller.state()).toEqual({ at: 'thanks' });
    for (const device of [camera, microphone]) {
      expect(device.state === 'working' && device.track.readyState).toBe('ended');
    }
    expect(media.isClosed()).toBe(true);
    expect(staged.mark.held()).toBeNull();
  });

  it('[WIDGET-41] repeats the end as one command until the server answers', async () => {
    const staged = stageCall();
    await staged.enter(active());
    const server = staged.server();
    server.refuse('call:end', 'unreachable');
    staged.controller.end();
    await settle();
    await staged.timers.pass(500);
    server.answer('call:end', () => null);
    await staged.timers.pass(500);
    const ends = server.requests.filter(({ name }) => name === 'call:end').map(({ input }) => input);
    expect(ends).toHaveLength(3);
    expect(new Set(ends.map((input) => JSON.stringify(input))).size).toBe(1);
    await staged.timers.pass(500);
    expect(server.requests.filter(({ name }) => name === 'call:end')).toHaveLength(3);
  });

  it('[WIDGET-42] keeps the call when the element leaves the page', async () => {
    const staged = stageCall();
    await staged.enter(active());
    staged.controller.close();
    await settle();
    expect(staged.mark.held()?.callId).toBe(callId);
    expect(staged.server().requests.some(({ name }) => name === 'call:end')).toBe(false);
    expect(staged.devices.report().camera.state).toBe('closed');
  });

  it.each([
    ['ended', { at: 'thanks' }],
    ['cancelled', { at: 'idle' }],
    ['connection-lost', { at: 'failed', failure: 'connection-lost' }],
    ['could-not-connect', { at: 'failed', failure: 'could-not-connect' }],
    ['kiosk-revoked', { at: 'failed', failure: 'kiosk-refused' }],
  ] as const)('[WIDGET-33] shows a call that the server closed as %s', async (reason, state) => {
    const staged = stageCall();
    await staged.enter(active());
    staged.server().emit('call:changed', closed(reason));
    expect(staged.controller.state()).toEqual(state);
    expect(staged.mark.held()).toBeNull();
    await settle();
    expect(staged.server().requests.some(({ name }) => name === 'call:end')).toBe(false);
  });
});

describe('a call that is already there', () => {
  const mark = { callId, muted: { microphone: false, camera: false } };

  it('[WIDGET-2] is returned to after a page load, without a touch', async () => {
    const staged = stageCall({ mark });
    staged.controller.resume();
    expect(staged.controller.state()).toMatchObject({ at: 'resuming' });
    staged.welcome(active());
    await settle();
    expect(stateAt(staged, 'talking').devices.camera.state).toBe('working');
    expect(staged.media().target()).toEqual({ callId, epoch: 1, flow: 'open' });
  });

  it('[WIDGET-2] is over when the server no longer knows it', () => {
    const staged = stageCall({ mark });
    staged.controller.resume();
    staged.welcome(null);
    expect(staged.controller.state()).toEqual({ at: 'failed', failure: 'connection-lost' });
    expect(staged.mark.held()).toBeNull();
  });

  it('[WIDGET-2] is ended when the resident does not want to return', async () => {
    const staged = stageCall({ mark });
    staged.controller.resume();
    staged.controller.cancel();
    staged.welcome(active());
    await settle();
    expect(staged.controller.state()).toEqual({ at: 'idle' });
    expect(staged.server().requests).toMatchObject([{ name: 'call:end', input: { callId } }]);
  });

  it('[WIDGET-34] is shown as found when this tab did not begin it', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome(active());
    expect(staged.controller.state()).toEqual({ at: 'found-call' });
    expect(staged.devices.opened()).toBe(0);
    staged.controller.returnToCall();
    await settle();
    expect(stateAt(staged, 'talking').view.callId).toBe(callId);
  });

  it('[WIDGET-34] is ended when it is nobody’s, and left alone on cancel', async () => {
    const staged = stageCall();
    staged.controller.open();
    staged.welcome(active({ callId: 'call-of-another' as CallId }));
    staged.controller.endFoundCall();
    await settle();
    expect(staged.server().requests).toMatchObject([{ name: 'call:end', input: { callId: 'call-of-another' } }]);

    const other = stageCall();
    other.controller.open();
    other.welcome(active());
    other.controller.cancel();
    await settle();
    expect(other.server().requests).toEqual([]);
  });
});
