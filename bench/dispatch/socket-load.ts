import type { AgentCallView, CallId, CommandId, ServiceCode } from '@bangban/protocol';
import { connectKiosk, connectStaff, type KioskConnection } from '@bangban/signalling/client';

/*
 * A process of its own: a thousand kiosks that wait and one agent, over real sockets. Gets its work over the channel to its
 * parent, and gives the milliseconds from each request to finish a wrap-up until the next call was offered.
 */

export type SocketLoad = { url: string; deviceTokens: readonly string[]; accessToken: string; offers: number };

const newCommandId = () => crypto.randomUUID() as CommandId;

async function openKiosk(url: string, deviceToken: string): Promise<KioskConnection> {
  const connection = connectKiosk({ url, deviceToken, installation: crypto.randomUUID() });
  const consentVersion = await new Promise<string>((resolve) => {
    connection.on('kiosk:welcomed', (welcome) => resolve(welcome.consentVersion));
  });
  const request = () =>
    connection.request('call:request', {
      commandId: newCommandId(),
      service: 'shebao-canbao-zhengming' as ServiceCode,
      language: 'zh-CN',
      consent: { version: consentVersion, language: 'zh-CN' },
      devices: { camera: false, microphone: false },
    });
  // A kiosk whose call is over calls again: as many wait as before. At the end the answer finds nobody.
  connection.on('call:changed', ({ state }) => {
    if (state === 'closed') request().catch(() => undefined);
  });
  await request();
  return connection;
}

async function measure({ url, deviceTokens, accessToken, offers }: SocketLoad): Promise<number[]> {
  const kiosks: KioskConnection[] = [];
  for (let opened = 0; opened < deviceTokens.length; opened += 50) {
    const batch = deviceTokens.slice(opened, opened + 50);
    kiosks.push(...(await Promise.all(batch.map((deviceToken) => openKiosk(url, deviceToken)))));
  }
  const agent = connectStaff({ url, accessToken });
  let next: (call: AgentCallView) => void = () => undefined;
  agent.on('call:changed', (call) => next(call));
  const until = (state: AgentCallView['state']) =>
    new Promise<CallId>((resolve) => {
      next = (call) => {
        if (call.state === state) resolve(call.callId);
      };
    });
  await new Promise<void>((resolve) => agent.on('staff:welcomed', () => resolve()));

  let offered = until('offered');
  await agent.request('availability:set', { commandId: newCommandId(), availability: { state: 'available' } });
  const samples: number[] = [];
  for (let offer = 0; offer < offers; offer += 1) {
    const callId = await offered;
    await agent.request('offer:accept', { commandId: newCommandId(), callId });
    await agent.request('call:end', { commandId: newCommandId(), callId });
    offered = until('offered');
    const startedAt = performance.now();
    const finished = agent.request('call:finish-wrap-up', { commandId: newCommandId(), callId });
    await offered;
    samples.push(performance.now() - startedAt);
    await finished;
  }
  agent.close();
  for (const kiosk of kiosks) kiosk.close();
  return samples;
}

process.once('message', (load: SocketLoad) => {
  measure(load).then(
    (samples) => process.send?.(samples, () => process.disconnect()),
    (error: unknown) => {
      throw error;
    },
  );
});
