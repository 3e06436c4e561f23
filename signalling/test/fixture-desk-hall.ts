/*
 * A desk over a database file with twenty kiosks and ten agents who never rest. Prints what each of them was promised, as
 * JSON lines, once the desk has answered. Killed by the test that starts it.
 */
import { randomId } from '../src/adapters/random-ids.ts';
import { openSqliteDeskStore } from '../src/adapters/sqlite-desk-store.ts';
import { systemClock, systemTimers } from '../src/adapters/system-clock.ts';
import { createDesk } from '../src/desk/desk.ts';
import { createFakeMediaControl, createRecordingOutlet } from '../src/desk/testing.ts';
import { silentLog } from '../src/logging/log.ts';
import { agentProfile, callRequest, kioskId } from './desk-scene.ts';

const desk = await createDesk({
  store: openSqliteDeskStore(process.argv[2] ?? ''),
  clock: systemClock,
  timers: systemTimers,
  newId: randomId,
  outlet: createRecordingOutlet(),
  media: createFakeMediaControl(),
  log: silentLog,
});

const promised = (what: Record<string, unknown>) =>
  new Promise((written) => process.stdout.write(`${JSON.stringify(what)}\n`, written));
const nextTurn = () => new Promise((done) => setImmediate(done));

async function kiosk(word: string): Promise<never> {
  await desk.execute<'kiosk-present'>({ type: 'kiosk-present', kioskId: kioskId(word) });
  for (;;) {
    const view = desk.kioskCall(kioskId(word));
    if (view && view.state !== 'closed') await nextTurn();
    else {
      const { callId } = await desk.execute<'request-call'>(callRequest(word));
      await promised({ requested: callId });
    }
  }
}

async function agent(word: string): Promise<never> {
  const profile = agentProfile(word);
  const { staffId } = profile;
  const view = await desk.execute<'agent-present'>({ type: 'agent-present', agent: profile });
  if (view.availability.state === 'away') {
    const availability = { state: 'available' } as const;
    await desk.execute<'set-availability'>({ type: 'set-availability', staffId, availability });
  }
  for (;;) {
    const { call } = desk.agentDesk(staffId);
    if (!call) {
      await nextTurn();
      continue;
    }
    const { callId } = call;
    if (call.state === 'offered') {
      await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId, callId });
      await promised({ accepted: callId, staffId });
    } else if (call.state !== 'wrapping-up') {
      await desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId, callId });
    } else await desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId, callId });
  }
}

void Promise.all([
  ...Array.from({ length: 20 }, (_, index) => kiosk(`kiosk-${index}`)),
  ...Array.from({ length: 10 }, (_, index) => agent(`agent-${index}`)),
]);
