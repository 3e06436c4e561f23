import { expect, it } from 'vitest';
import { bringTogether, hearEachOther } from './harness/call.ts';
import { eventually, wallClockMs } from './harness/eventually.ts';
import { printFigure } from './harness/figures.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen } = people;

/** A starting Node takes a core for a while. Had the call lost its media, it would have to wait for signalling and rejoin. */
const longestGapMs = 2_000;

it('signalling dies in a call: media never stops, control comes back, and the queue is as it was', async () => {
  await using hall = await openHall();
  const { program } = hall;
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await bringTogether({ person: wang, at: kiosk }, { person: chen, at: agent });
  const waiting = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await waiting.call();
  await waiting.isAt(1);

  const faultAtMs = wallClockMs();
  await program.killRole('signalling');
  await agent.reads('连接已中断');
  await agent.reads('已连接', { withinMs: 40_000 });
  await eventually(async () =>
    (await agent.button('end').isEnabled()) ? undefined : 'the agent cannot end the call yet',
  );
  const controlMs = wallClockMs() - faultAtMs;

  // Control is back when what one side asks for reaches the other one.
  await kiosk.press('mute');
  await agent.hearsNothingOf(wang);
  await kiosk.press('unmute');
  await agent.hears(wang);

  const [atKiosk, atAgent] = await Promise.all([
    kiosk.picture(chen.face, faultAtMs),
    agent.picture(wang.face, faultAtMs),
  ]);
  printFigure(
    'signalling killed, longest time without a new frame',
    `kiosk ${Math.round(atKiosk.longestGapMs)} ms of ${atKiosk.frames} frames, agent ${Math.round(atAgent.longestGapMs)} ms of ${atAgent.frames}`,
  );
  printFigure('signalling killed, control back after', `${Math.round(controlMs)} ms`);
  expect(Math.max(atKiosk.longestGapMs, atAgent.longestGapMs)).toBeLessThan(longestGapMs);
  await hearEachOther({ person: wang, at: kiosk }, { person: chen, at: agent });

  await waiting.isAt(1);
  await agent.press('end');
  await kiosk.reads('谢谢您，再见');
  await agent.press('finishWrapUp');
  await agent.hearsRing();
  await waiting.isRinging();
  await agent.press('answer');
  await Promise.all([agent.sees(li), waiting.sees(chen)]);
});
