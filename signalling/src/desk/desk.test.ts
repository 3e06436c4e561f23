import { AssistError } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { callId, callRequest, commandId, createScene, kioskId, staffId } from '../../test/desk-scene.ts';
import { createMemoryDeskStore, emptyContents } from '../adapters/memory-desk-store.ts';
import { type DeskChange, type DeskStore, emptyChange } from './desk-store.ts';

/** A store whose commits the test watches, delays and lets fail. */
function watchedStore() {
  const commits: DeskChange[] = [];
  const control = {
    commits,
    fails: false,
    /** While set, commits wait for it. */
    gate: undefined as Promise<void> | undefined,
    wrap: (store: DeskStore): DeskStore => ({
      ...store,
      async commit(change, revision) {
        await control.gate;
        if (control.fails) throw new Error('disk full');
        await store.commit(change, revision);
        commits.push(change);
      },
    }),
  };
  return control;
}

const refusal = (code: string) => expect.objectContaining({ code });

describe('turns', () => {
  it('[DESK-1] nothing leaves before the turn is durable', async () => {
    const watched = watchedStore();
    const { desk, timers, outlet, media } = await createScene({ wrapStore: watched.wrap });
    let open = () => {};
    watched.gate = new Promise((resolve) => {
      open = resolve;
    });
    let isAnswered = false;
    const request = desk.execute<'request-call'>(callRequest('k1')).then(() => {
      isAnswered = true;
    });
    await timers.settle();
    expect({ isAnswered, told: outlet.told, asked: media.told }).toEqual({ isAnswered: false, told: [], asked: [] });
    open();
    await request;
    expect(outlet.all('kioskCallChanged')).toHaveLength(1);
    expect(media.all('openRoom')).toHaveLength(1);
  });

  it('[DESK-2] the commands of one turn share one commit', async () => {
    const watched = watchedStore();
    const { request } = await createScene({ wrapStore: watched.wrap });
    await Promise.all(Array.from({ length: 100 }, (_, index) => request(`k${index}`)));
    expect(watched.commits).toHaveLength(1);
    expect(watched.commits[0]?.calls).toHaveLength(100);
  });

  it('[DESK-3] after a failed commit all of the turn is refused and nothing has happened', async () => {
    const watched = watchedStore();
    const { desk, timers, outlet, onDuty, request } = await createScene({ wrapStore: watched.wrap });
    const agent = await onDuty('a1');
    const first = await request('k1');
    outlet.clear();
    watched.fails = true;
    const refused = await Promise.allSettled([
      desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: first }),
      desk.execute<'request-call'>(callRequest('k2')),
    ]);
    expect(refused.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
      'store-unavailable',
      'store-unavailable',
    ]);
    expect(outlet.told).toEqual([]);
    expect(desk.isOfferedTo(first, agent)).toBe(true);
    expect(desk.kioskCall(kioskId('k2'))).toBeNull();
    expect(desk.figures().storeWritable).toBe(false);
    await expect(request('k3')).rejects.toEqual(refusal('store-unavailable'));

    watched.fails = false;
    await timers.advance(1_000);
    expect(desk.figures()).toMatchObject({ callsByState: { offered: 1 }, storeWritable: true });
    expect(desk.kioskCall(kioskId('k2'))).toBeNull();
    await desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: first });
  });

  it('[DESK-4] facts are kept while the store cannot write', async () => {
    const watched = watchedStore();
    const { desk, timers, onDuty, request } = await createScene({ wrapStore: watched.wrap });
    const agent = await onDuty('a1');
    const call = await request('k1');
    watched.fails = true;
    const left = desk.execute<'agent-absent'>({ type: 'agent-absent', staffId: agent });
    await expect(left).rejects.toEqual(refusal('store-unavailable'));
    expect(desk.isOfferedTo(call, agent)).toBe(true);
    await timers.advance(5_000);
    watched.fails = false;
    await timers.advance(1_000);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'queued', ringing: false });
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'away', reason: 'connection-lost' });
  });

  it('[DESK-4] a deadline that passes while the store cannot write is kept too', async () => {
    const watched = watchedStore();
    const { desk, timers, onDuty, request } = await createScene({ wrapStore: watched.wrap });
    const agent = await onDuty('a1');
    await request('k1');
    watched.fails = true;
    await timers.advance(30_000);
    watched.fails = false;
    await timers.advance(1_000);
    expect(desk.agentDesk(agent).agent?.availability).toMatchObject({ state: 'away', reason: 'no-answer' });
  });

  it('[DESK-5] a refused command changes nothing', async () => {
    const { desk, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    const before = { list: desk.waitingList(), desk: desk.agentDesk(agent) };
    const refused = [
      desk.execute<'hold-call'>({ type: 'hold-call', staffId: agent, callId: call }),
      desk.execute<'finish-wrap-up'>({ type: 'finish-wrap-up', staffId: agent, callId: call }),
      desk.execute<'end-by-agent'>({ type: 'end-by-agent', staffId: agent, callId: callId('call-9') }),
      desk.execute<'set-availability'>({
        type: 'set-availability',
        staffId: staffId('nobody'),
        availability: { state: 'available' },
      }),
    ];
    for (const each of refused) await expect(each).rejects.toBeInstanceOf(AssistError);
    expect({ list: desk.waitingList(), desk: desk.agentDesk(agent) }).toEqual(before);
  });

  it('[DESK-6] a desk that was replaced refuses everything from then on', async () => {
    const contents = emptyContents();
    const { desk, timers, request } = await createScene({ contents });
    await request('k1');
    await createMemoryDeskStore(contents).commit(emptyChange(0), contents.revision);
    await expect(request('k2')).rejects.toEqual(refusal('store-unavailable'));
    await timers.advance(60_000);
    await expect(request('k3')).rejects.toEqual(refusal('store-unavailable'));
    const left = desk.execute<'kiosk-absent'>({ type: 'kiosk-absent', kioskId: kioskId('k1') });
    await expect(left).rejects.toEqual(refusal('store-unavailable'));
  });

  it('[DESK-7] who is told of the same thing twice in a turn is told the newest once', async () => {
    const { desk, outlet, onDuty, request } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    outlet.clear();
    await Promise.all([
      desk.execute<'accept-offer'>({ type: 'accept-offer', staffId: agent, callId: call }),
      desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call }),
    ]);
    expect(outlet.all('kioskCallChanged').map(([, view]) => view.state)).toEqual(['closed']);
    expect(outlet.all('agentCallChanged').map(([, view]) => view.state)).toEqual(['wrapping-up']);
  });

  it('[DESK-17] a draining desk takes no new calls; the others go on', async () => {
    const { desk, onDuty, request, talk } = await createScene();
    const agent = await onDuty('a1');
    const call = await request('k1');
    desk.drain();
    await expect(request('k2')).rejects.toEqual(refusal('draining'));
    await talk(call, agent);
    expect(desk.kioskCall(kioskId('k1'))).toMatchObject({ state: 'active' });
  });

  it('closing is idempotent and refuses what comes after', async () => {
    const { desk, request } = await createScene();
    await desk.close();
    await desk.close();
    await expect(request('k1')).rejects.toEqual(refusal('draining'));
  });
});

describe('command ids', () => {
  const key = (sender: string, id: string) => ({ sender: kioskId(sender), commandId: commandId(id) });

  it('[DESK-8] the same id gives the same result and changes nothing twice, in one turn and later', async () => {
    const { desk } = await createScene();
    const ask = () => desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(two).toEqual(one);
    expect(await ask()).toEqual(one);
    expect(desk.figures().callsByState).toEqual({ queued: 1 });
  });

  it('[DESK-8] also after a restart', async () => {
    const scene = await createScene();
    const first = await scene.desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    const { desk } = await scene.restart();
    expect(await desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'))).toEqual(first);
  });

  it('[DESK-9] the same id of another sender is another command', async () => {
    const { desk } = await createScene();
    await desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    await desk.execute<'request-call'>(callRequest('k2'), key('k2', 'c1'));
    expect(desk.figures().callsByState).toEqual({ queued: 2 });
  });

  it('[DESK-10] a final refusal is remembered, one that invites to try again is not', async () => {
    const watched = watchedStore();
    const { desk, timers, request } = await createScene({ wrapStore: watched.wrap });
    const call = await request('k1');
    const ask = () => desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    await expect(ask()).rejects.toEqual(refusal('kiosk-busy'));
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: call });
    await expect(ask()).rejects.toEqual(refusal('kiosk-busy'));

    watched.fails = true;
    const other = () => desk.execute<'request-call'>(callRequest('k2'), key('k2', 'c2'));
    await expect(other()).rejects.toEqual(refusal('store-unavailable'));
    watched.fails = false;
    await timers.advance(1_000);
    expect(await other()).toMatchObject({ state: 'queued' });
  });

  it('[DESK-11] ids are remembered for ten minutes', async () => {
    const { desk, timers } = await createScene();
    const view = await desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    await timers.advance(599_000);
    await desk.execute<'end-by-resident'>({ type: 'end-by-resident', callId: view.callId });
    expect(await desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'))).toEqual(view);
    await timers.advance(2_000);
    const later = await desk.execute<'request-call'>(callRequest('k1'), key('k1', 'c1'));
    expect(later.callId).not.toBe(view.callId);
  });
});
