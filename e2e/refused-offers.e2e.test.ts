import { it } from 'vitest';
import { openHall } from './harness/hall.ts';
import { people } from './harness/people.ts';

const { wang, li, chen, zhou } = people;

it('a declined call returns to its old place, the agent is away and told why, and another agent gets it', async () => {
  await using hall = await openHall();
  const agent = await hall.openConsole({ devices: { of: chen } });
  const first = await hall.openKiosk({ devices: { of: wang } });
  await first.call();
  await first.isAt(1);
  const second = await hall.openKiosk({ devices: { of: li }, kioskId: 'kiosk-002' });
  await second.call();
  await second.isAt(2);

  await agent.becomeAvailable();
  await agent.hearsRing();
  await first.isRinging();
  await agent.press('decline');

  await agent.isAway();
  await agent.reads('您拒接了来电');
  await first.isAt(1);
  await second.isAt(2);

  const other = await hall.openConsole({ devices: { of: zhou }, userName: 'agent2' });
  await other.becomeAvailable();
  await other.hearsRing();
  await first.isRinging();
  await other.press('answer');
  await other.sees(wang);
});

it('a call that nobody answers in time returns to its old place, and the agent is away and told why', async () => {
  await using hall = await openHall({ OFFER_TIMEOUT_MS: '3000' });
  const agent = await hall.openConsole({ devices: { of: chen } });
  const kiosk = await hall.openKiosk({ devices: { of: wang } });
  await kiosk.call();
  await agent.becomeAvailable();
  await agent.hearsRing();

  await agent.ringIsOver();
  await agent.isAway();
  await agent.reads('未在时限内接听');
  await kiosk.isAt(1);

  await agent.becomeAvailable();
  await agent.hearsRing();
  await agent.press('answer');
  await Promise.all([agent.sees(wang), kiosk.sees(chen)]);
});
