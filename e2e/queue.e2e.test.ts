import { expect, it } from 'vitest';
import { eventually } from './harness/eventually.ts';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen } = people;

it('two kiosks and one agent: each is told its true position, moves up, and is answered in its turn', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const first = await hall.openKiosk({ devices: { of: wang } });
  await first.call();
  await first.isAt(1);
  const second = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await second.call();
  await second.isAt(2);
  await first.isAt(1);

  await agent.becomeAvailable();
  await agent.hearsRing();
  await first.isRinging();
  await agent.press('answer');
  await agent.sees(wang);
  await second.isAt(1);

  await agent.press('end');
  await agent.press('finishWrapUp');
  await agent.hearsRing();
  await second.isRinging();
  await agent.press('answer');
  await Promise.all([agent.sees(li), agent.hears(li), second.sees(chen), second.hears(chen)]);
  await agent.seesNothingOf(wang);
});

it('a resident who cancels leaves the queue, and those behind move up', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const first = await hall.openKiosk({ devices: { of: wang } });
  await first.call();
  await first.isAt(1);
  const second = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await second.call();
  await second.isAt(2);

  await first.press('cancel');
  await first.isWiped();
  await second.isAt(1);
  await eventually(async () => {
    const waiting = await agent.waitingCalls();
    return waiting.length === 1 ? undefined : `${waiting.length} calls wait`;
  });
});

it('a resident who cancels while it rings: the ring stops, the agent is told and stays available', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await kiosk.call();
  await agent.becomeAvailable();
  await agent.hearsRing();

  await kiosk.press('cancel');
  await kiosk.isWiped();
  await agent.ringIsOver();
  await agent.reads('居民已取消呼叫');
  expect(await agent.waitingCalls()).toEqual([]);

  await kiosk.call();
  await agent.hearsRing();
});
