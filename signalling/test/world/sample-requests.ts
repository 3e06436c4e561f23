import type { httpRoutes, InputOf, KioskRequests, LinkRequests, StaffRequests } from '@bangban/protocol';
import { CONSENT_VERSION } from '@bangban/protocol';
import * as z from 'zod';
import { someCapabilities } from './fake-media-server.ts';

/*
 * One valid request for every entry of the tables; a new entry without one does not compile. The ids are brands of plain
 * strings, which a client could make up as well.
 */
type Samples<Table extends Record<string, { input: z.ZodType }>> = { [Name in keyof Table]: unknown };

/** The room of the call, as the samples name it. */
const sampleRoom = { callId: 'call-1', epoch: 1 };

const rtpParameters = { codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }] };
const dtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
const command = { commandId: 'command-1', callId: 'call-1' };

const media = {
  'media:capabilities': {},
  'media:join': { ...sampleRoom, rtpCapabilities: someCapabilities },
  'media:connect': { ...sampleRoom, transportId: 'send', dtlsParameters },
  'media:restart-ice': { ...sampleRoom, transportId: 'send' },
  'media:produce': {
    ...sampleRoom,
    transportId: 'send',
    kind: 'audio',
    source: 'microphone',
    rtpParameters,
    paused: false,
  },
  'media:pause-producer': { ...sampleRoom, producerId: 'producer-1' },
  'media:resume-producer': { ...sampleRoom, producerId: 'producer-1' },
  'media:close-producer': { ...sampleRoom, producerId: 'producer-1' },
  'media:ready-consumers': { ...sampleRoom, consumerIds: ['consumer-1'] },
  'media:prefer-layers': { ...sampleRoom, consumerId: 'consumer-1', spatialLayer: 1 },
  'media:report-flowing': sampleRoom,
};

export const kioskSamples: Samples<KioskRequests> = {
  'call:request': {
    commandId: 'command-1',
    service: 'shebao-canbao-zhengming',
    language: 'zh-CN',
    consent: { version: CONSENT_VERSION, language: 'zh-CN' },
    devices: { camera: true, microphone: true },
  },
  'call:end': command,
  'call:snapshot': {},
  ...media,
};

/** @param accessToken of the caller itself, for the one request that carries a token */
export const staffSamples = (accessToken: string): Samples<StaffRequests> => ({
  'availability:set': { commandId: 'command-1', availability: { state: 'available' } },
  'offer:accept': command,
  'offer:decline': command,
  'call:hold': command,
  'call:resume': command,
  'call:end': command,
  'call:finish-wrap-up': command,
  'desk:snapshot': {},
  'waiting:snapshot': {},
  'floor:snapshot': {},
  'session:renew': { accessToken } satisfies InputOf<StaffRequests, 'session:renew'>,
  ...media,
});

export const linkSamples: Samples<LinkRequests> = {
  'sfu:register': { sfuId: 'sfu-9', routerRtpCapabilities: someCapabilities, rooms: [] },
};

/** Path parameters and body of every route. */
export const routeSamples: { [Name in keyof typeof httpRoutes]: { params: Record<string, string>; input: unknown } } = {
  signIn: { params: {}, input: { userName: 'nobody', password: 'wrong' } },
  refresh: { params: {}, input: {} },
  signOut: { params: {}, input: {} },
  listServices: { params: {}, input: {} },
  enrolKiosk: { params: {}, input: { code: 'ABCD-EFGH-JKMN' } },
  rotateDeviceToken: { params: {}, input: {} },
  listKiosks: { params: {}, input: {} },
  createEnrolmentCode: { params: { kioskId: 'kiosk-003' }, input: {} },
  revokeKiosk: { params: { kioskId: 'kiosk-003' }, input: {} },
  enrolDemoKiosk: { params: { kioskId: 'kiosk-001' }, input: {} },
  openapi: { params: {}, input: {} },
};

/** Fails when a sample does not fit the schema of its entry: a refusal would then prove nothing. */
export function requireFit(table: Record<string, { input: z.ZodType }>, samples: Record<string, unknown>): void {
  for (const [name, { input }] of Object.entries(table)) {
    const parsed = input.safeParse(samples[name]);
    if (!parsed.success) throw new Error(`the sample of ${name} does not fit: ${z.prettifyError(parsed.error)}`);
  }
}
