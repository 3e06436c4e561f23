import { randomUUID } from 'node:crypto';
import type { AgentCallView, AgentView, KioskCallView, KioskEvents, StaffEvents, WaitingList } from '@bangban/protocol';
import { CONSENT_VERSION, CommandId, ServiceCode } from '@bangban/protocol';
import type * as z from 'zod';
import { connectKiosk, connectStaff } from '../../src/client/index.ts';
import type { TestSignalling } from '../../src/testing.ts';
import { eventually } from './eventually.ts';

export const newCommandId = () => CommandId.parse(randomUUID());

type Received<Events extends Record<string, z.ZodType>> = {
  [Name in keyof Events]: { name: Name; payload: z.output<Events[Name]> };
}[keyof Events];

/** A kiosk as the widget plays it: it keeps the newest view and asks for a snapshot where it has missed one. */
export async function openKiosk(
  signalling: Pick<TestSignalling, 'url' | 'deviceToken'>,
  kioskId: string,
  { installation = `browser-of-${kioskId}`, deviceToken }: { installation?: string; deviceToken?: string } = {},
) {
  const token = deviceToken ?? (await signalling.deviceToken(kioskId));
  const connection = connectKiosk({ url: signalling.url, deviceToken: token, installation });
  const events: Received<KioskEvents>[] = [];
  let view: KioskCallView | null = null;
  const remember = (name: keyof KioskEvents, payload: unknown) =>
    events.push({ name, payload } as Received<KioskEvents>);
  connection.on('kiosk:welcomed', (welcome) => {
    remember('kiosk:welcomed', welcome);
    view = welcome.call;
  });
  connection.on('call:changed', (changed) => {
    remember('call:changed', changed);
    view = changed;
  });
  connection.on('queue:moved', (moved) => {
    remember('queue:moved', moved);
    if (view?.state === 'queued') view = { ...view, ...moved };
  });
  connection.on('session:ended', (ended) => remember('session:ended', ended));
  await eventually(() => (events.some(({ name }) => name === 'kiosk:welcomed') ? undefined : 'not welcomed'));

  return {
    connection,
    events,
    view: () => view,
    request: connection.request,
    requestCall: (service = 'shebao-canbao-zhengming', commandId = newCommandId()) =>
      connection.request('call:request', {
        commandId,
        service: ServiceCode.parse(service),
        language: 'zh-CN',
        consent: { version: CONSENT_VERSION, language: 'zh-CN' },
        devices: { camera: true, microphone: true },
      }),
    becomes: (state: KioskCallView['state'], also: (view: KioskCallView) => boolean = () => true) =>
      eventually(() =>
        view?.state === state && also(view) ? undefined : `${kioskId} sees ${JSON.stringify(view)}, not ${state}`,
      ),
    close: () => connection.close(),
  };
}

/** A member of staff as the console plays them. */
export async function openConsole(signalling: Pick<TestSignalling, 'url' | 'signIn'>, userName: string) {
  const { accessToken, cookie } = await signalling.signIn(userName);
  const connection = connectStaff({ url: signalling.url, accessToken });
  const events: Received<StaffEvents>[] = [];
  let call: AgentCallView | null = null;
  let agent: AgentView | null = null;
  let waiting: WaitingList = { sequence: 0, calls: [] };
  const remember = (name: keyof StaffEvents, payload: unknown) =>
    events.push({ name, payload } as Received<StaffEvents>);
  connection.on('staff:welcomed', (welcome) => {
    remember('staff:welcomed', welcome);
    ({ call, agent } = welcome.desk);
    waiting = welcome.waiting;
  });
  connection.on('call:changed', (changed) => {
    remember('call:changed', changed);
    call = changed;
  });
  connection.on('call:released', (released) => {
    remember('call:released', released);
    if (call?.callId === released.callId) call = null;
  });
  connection.on('agent:changed', (changed) => {
    remember('agent:changed', changed);
    agent = changed;
    if (changed.availability.state === 'available' || changed.availability.state === 'away') call = null;
  });
  connection.on('waiting:changed', ({ sequence, changed, removed }) => {
    remember('waiting:changed', { sequence, changed, removed });
    const ids = new Set([...removed, ...changed.map(({ callId }) => callId)]);
    const calls = [...waiting.calls.filter(({ callId }) => !ids.has(callId)), ...changed];
    waiting = { sequence, calls: calls.sort((left, right) => left.position - right.position) };
  });
  connection.on('session:ended', (ended) => remember('session:ended', ended));
  await eventually(() => (events.some(({ name }) => name === 'staff:welcomed') ? undefined : 'not welcomed'));

  return {
    connection,
    events,
    accessToken,
    cookie,
    call: () => call,
    agent: () => agent,
    waiting: () => waiting,
    request: connection.request,
    becomeAvailable: () =>
      connection.request('availability:set', { commandId: newCommandId(), availability: { state: 'available' } }),
    has: (state: AgentCallView['state'], also: (view: AgentCallView) => boolean = () => true) =>
      eventually(() =>
        call?.state === state && also(call) ? undefined : `${userName} has ${JSON.stringify(call)}, not ${state}`,
      ),
    isNow: (state: AgentView['availability']['state']) =>
      eventually(() =>
        agent?.availability.state === state ? undefined : `${userName} is ${JSON.stringify(agent?.availability)}`,
      ),
    close: () => connection.close(),
  };
}
