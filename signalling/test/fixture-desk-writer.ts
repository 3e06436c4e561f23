/* Commits calls for ever and prints the revision of each commit once it is durable. Killed by the test that starts it. */
import { openSqliteDeskStore } from '../src/adapters/sqlite-desk-store.ts';
import { requestedCall } from '../src/call/call.ts';
import { emptyChange } from '../src/desk/desk-store.ts';

const store = openSqliteDeskStore(process.argv[2] ?? '');
let { revision } = await store.load({ closedSinceMs: 0 });
// The store keeps what it is given; these facts are enough to tell the calls apart.
const request = { kiosk: { kioskId: 'kiosk-1' } } as never as Parameters<typeof requestedCall>[0];
for (;;) {
  const callId = `call-${revision}` as typeof request.callId;
  const call = requestedCall({ ...request, callId, rank: revision, arrival: revision }, 0);
  const event = { callId: call.callId, seq: 1, at: 0, type: 'requested', facts: {} };
  await store.commit({ ...emptyChange(revision), calls: [call], timeline: [event] }, revision);
  revision += 1;
  // Straight to the pipe: what the parent has read is what was acknowledged.
  await new Promise((written) => process.stdout.write(`${revision}\n`, written));
}
