import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundMs } from './rig/bound.ts';
import { type CallRig, callId, launchChromium, type Participant, startCallRig } from './rig/call.ts';
import { eventually } from './rig/eventually.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Encoding three sizes of two large cameras is more than two busy cores like; only one test looks at the size. */
const smallCamera = { width: 640, height: 360 };
const largeCamera = { width: 1_280, height: 720 };

const both = (rig: CallRig): Participant[] => [rig.kiosk, rig.agent];

/** Devices open, room prepared, both sides set up and each with the other's camera and microphone. */
async function prepare(rig: CallRig, video = smallCamera): Promise<void> {
  await Promise.all(
    both(rig).map(({ page }) => page.evaluate((video) => window.participant.openDevices(video), video)),
  );
  await rig.setFlow('prepared');
  await Promise.all(both(rig).map((side) => hasRemote(side)));
}

const hasRemote = ({ page, peerId }: Participant) =>
  eventually(async () => {
    const [state, remote] = await page.evaluate(
      () => [window.participant.state(), window.participant.remote()] as const,
    );
    const isThere = state.state === 'ready' && remote.camera && remote.microphone;
    return isThere ? true : `${peerId} is ${JSON.stringify([state, remote])}`;
  });

const seesMovement = ({ page, peerId }: Participant, withinMs = 10_000) =>
  eventually(async () => {
    const before = await page.evaluate(() => window.participant.frames().camera);
    await page.waitForTimeout(100);
    const after = await page.evaluate(() => window.participant.frames().camera);
    return after > before + 1 ? true : `${peerId} has seen ${after} frames, ${after - before} of them just now`;
  }, withinMs);

const seesNothingNew = ({ page, peerId }: Participant) =>
  eventually(async () => {
    const before = await page.evaluate(() => window.participant.frames().camera);
    await page.waitForTimeout(400);
    const after = await page.evaluate(() => window.participant.frames().camera);
    return after === before ? true : `${peerId} still sees ${after - before} new frames`;
  });

const bytesSent = ({ page }: Participant) => page.evaluate(() => window.participant.bytesSent());

describe('MEDIA: two browsers and a media server', () => {
  it('[MEDIA-1] [MEDIA-2] nothing is sent while prepared; then both see moving pictures and hear each other', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    for (const side of both(rig)) {
      expect(await side.page.evaluate(() => window.participant.frames().camera)).toBe(0);
      expect(await bytesSent(side)).toBe(0);
    }

    await rig.setFlow('open');

    await Promise.all(both(rig).map((side) => seesMovement(side)));
    const loudness = await Promise.all(
      both(rig).map(({ page }) => page.evaluate(() => window.participant.loudness(2_000))),
    );
    for (const peak of loudness) expect(peak).toBeGreaterThan(0.05);
    // Each side says once that its media flows.
    await eventually(() => both(rig).every(({ flowing }) => flowing.length === 1) || 'not reported by both');
  });

  it('[MEDIA-2] that media flows is noticed also where nothing is shown or played yet, and without cameras', async () => {
    await using rig = await startCallRig({ browser });
    for (const { page } of both(rig)) {
      await page.evaluate(async () => {
        window.participant.showNothing();
        await window.participant.openDevices(false);
      });
    }
    await rig.setFlow('open');
    await eventually(() => both(rig).every(({ flowing }) => flowing.length === 1) || 'not reported by both');
  });

  it('[MEDIA-3] holding stops everything, resuming brings it back within a second', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await Promise.all(both(rig).map((side) => seesMovement(side)));

    await rig.setFlow('held');
    await Promise.all(both(rig).map((side) => seesNothingNew(side)));
    // Long enough for the media server to take the streams for dead.
    await rig.kiosk.page.waitForTimeout(2_000);

    const resumedAt = performance.now();
    await Promise.all(both(rig).map(({ page }) => page.evaluate(() => window.participant.forgetFirstFrame())));
    await rig.setFlow('open');
    await Promise.all(
      both(rig).map(({ page }) =>
        eventually(async () => (await page.evaluate(() => window.participant.firstFrameAt())) !== null || 'no frame'),
      ),
    );
    const took = performance.now() - resumedAt;
    expect(took).toBeLessThan(boundMs(1_500));
    expect(both(rig).map(({ flowing }) => flowing)).toEqual([[1], [1]]);
  });

  it('[MEDIA-4] mute tells the other side and stops the track; the track stays the same object', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await seesMovement(rig.agent);
    const before = await rig.agent.page.evaluate(() => window.participant.remote());

    await rig.kiosk.page.evaluate(() => window.participant.media.setMuted('camera', true));
    const muted = await eventually(async () => {
      const remote = await rig.agent.page.evaluate(() => window.participant.remote());
      return remote.camera?.muted ? remote : 'the agent does not know that the camera is off';
    });
    await seesNothingNew(rig.agent);
    expect(muted.camera?.id).toBe(before.camera?.id);
    expect(muted.microphone?.muted).toBe(false);

    await rig.agent.page.evaluate(() => window.participant.forgetFirstFrame());
    await rig.kiosk.page.evaluate(() => window.participant.media.setMuted('camera', false));
    await seesMovement(rig.agent);
    expect((await rig.agent.page.evaluate(() => window.participant.remote())).camera).toEqual(before.camera);
  });

  it('[MEDIA-5] [POOL-2] [ROOM-9] a killed worker costs less than two seconds of picture, and the mute is still there', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await Promise.all(both(rig).map((side) => seesMovement(side)));
    await rig.kiosk.page.evaluate(() => window.participant.media.setMuted('microphone', true));
    await eventually(async () => {
      const remote = await rig.agent.page.evaluate(() => window.participant.remote());
      return remote.microphone?.muted || 'the mute has not arrived';
    });

    const [worker] = rig.sfu.state().workers;
    await Promise.all(both(rig).map(({ page }) => page.evaluate(() => window.participant.watchForNewTrack())));
    const killedAt = performance.now();
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await Promise.all(
      both(rig).map(({ page, peerId }) =>
        eventually(
          async () =>
            (await page.evaluate(() => window.participant.newTrackShown())) || `${peerId} sees no new picture`,
        ),
      ),
    );
    const took = performance.now() - killedAt;
    expect(took).toBeLessThan(boundMs(2_000));
    expect(rig.epoch).toBe(2);
    const remote = await rig.agent.page.evaluate(() => window.participant.remote());
    expect(remote.microphone?.muted).toBe(true);
    await eventually(() => both(rig).every(({ flowing }) => flowing.at(-1) === 2) || 'not reported again');
  });

  it('[MEDIA-6] a network that lets only TCP through carries the call', async () => {
    await using rig = await startCallRig({ browser, tcpOnly: true });
    await prepare(rig);
    await rig.setFlow('open');
    await Promise.all(both(rig).map((side) => seesMovement(side)));
    expect(await rig.agent.page.evaluate(() => window.participant.pathProtocols())).toEqual(['tcp', 'tcp']);
  });

  it('[MEDIA-7] the viewer chooses among three sizes of the camera', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig, largeCamera);
    await rig.setFlow('open');
    await seesMovement(rig.agent);
    const consumerId = await rig.agent.page.evaluate(() => window.participant.remote().camera?.id ?? '');
    // Upwards mediasoup goes as soon as it trusts the bandwidth, downwards at once.
    for (const [spatialLayer, width] of [
      [2, 1_280],
      [1, 640],
      [0, 320],
    ] as const) {
      await rig.link.ask('consumer:prefer-layers', {
        callId,
        epoch: 1,
        // The page's own id and peer.
        peerId: rig.agent.peerId as never,
        consumerId: consumerId as never,
        spatialLayer,
      });
      await eventually(async () => {
        const size = await rig.agent.page.evaluate(() => window.participant.size());
        return size === width || `the picture is ${size} wide, not ${width}`;
      }, boundMs(20_000));
    }
  }, 180_000);

  it('[MEDIA-8] a shared screen comes and goes beside the camera', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await seesMovement(rig.agent);

    await rig.kiosk.page.evaluate(() => window.participant.shareScreen());
    await eventually(async () => {
      const frames = await rig.agent.page.evaluate(() => window.participant.frames().screen);
      return frames > 2 || `the agent has seen ${frames} frames of the screen`;
    });
    await rig.kiosk.page.evaluate(() => window.participant.stopScreen());
    await eventually(async () => {
      const remote = await rig.agent.page.evaluate(() => window.participant.remote());
      return remote.screen === null || 'the screen is still there';
    });
    await seesMovement(rig.agent);
  });

  it('[MEDIA-9] a page that is asked for again joins anew, and the other side sees it again', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await Promise.all(both(rig).map((side) => seesMovement(side)));

    await rig.kiosk.page.evaluate(() => window.participant.follow(null));
    await rig.link.ask('peer:leave', { callId, peerId: rig.kiosk.peerId as never });
    await eventually(async () => {
      const remote = await rig.agent.page.evaluate(() => window.participant.remote());
      return remote.camera === null || 'the agent still has the camera of who left';
    });
    await rig.kiosk.page.evaluate((target) => window.participant.follow(target), {
      callId,
      epoch: 1,
      flow: 'open' as const,
    });
    await Promise.all(both(rig).map((side) => hasRemote(side)));
    await Promise.all(both(rig).map((side) => seesMovement(side)));
  });

  it('[MEDIA-13] a path that is dead for ten seconds is mended by itself, without a new room', async () => {
    await using rig = await startCallRig({ browser });
    await prepare(rig);
    await rig.setFlow('open');
    await Promise.all(both(rig).map((side) => seesMovement(side)));
    const pid = rig.sfu.state().workers[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await Promise.all(
        both(rig).map(({ page, peerId }) =>
          eventually(async () => {
            const { state } = await page.evaluate(() => window.participant.state());
            return state === 'recovering' || `${peerId} is ${state}`;
          }, 15_000),
        ),
      );
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await Promise.all(both(rig).map((side) => seesMovement(side, 20_000)));
    await Promise.all(both(rig).map((side) => hasRemote(side)));
    expect(rig.epoch).toBe(1);
  }, 60_000);
});
