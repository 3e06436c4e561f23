import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RequestTable, SocketAccess } from './contract.ts';
import { endReasons, kioskEndReasons, toKioskEndReason } from './end-reasons.ts';
import { AssistError, errorCatalogue, errorCodes, toWireError } from './errors.ts';
import { CallId } from './ids.ts';
import { kioskRequests } from './kiosk.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { linkRequests, sfuRequests } from './link.ts';
import { staffRequests } from './staff.ts';
import { judgeProtocolVersion, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts';

const tables: Record<string, RequestTable> = { kioskRequests, staffRequests, sfuRequests, linkRequests };
const requests = Object.entries(tables).flatMap(([table, entries]) =>
  Object.entries(entries).map(([name, definition]) => ({ table, name, definition })),
);
const aboutOneCall: readonly SocketAccess[] = ['kiosk-of-call', 'agent-of-offer', 'agent-of-call'];

describe('request tables', () => {
  it.each(requests)(
    '[PROTO-8] $table $name has a rule, a limit and a name of the right form',
    ({ name, definition }) => {
      expect(name).toMatch(/^[a-z]+:[a-z-]+$/);
      expect(definition.limit.maxBytes).toBeGreaterThan(0);
      expect(definition.limit.maxBytes).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
      expect(definition.limit.perMinute).toBeGreaterThan(0);
      if (!aboutOneCall.includes(definition.access)) return;
      const { properties } = z.toJSONSchema(definition.input, { unrepresentable: 'any' });
      expect(Object.keys(properties ?? {})).toContain('callId');
    },
  );

  it('[PROTO-8] ids are branded on the way in, too', () => {
    // @ts-expect-error A bare string is not a call id, even for a sender.
    const bare: z.input<(typeof kioskRequests)['call:end']['input']>['callId'] = 'abc';
    expect(CallId.safeParse(bare).success).toBe(true);
    expect(CallId.safeParse('../etc/passwd').success).toBe(false);
  });
});

describe('protocol version', () => {
  it('[VERSION-1] the own and the previous version are accepted', () => {
    expect(judgeProtocolVersion(PROTOCOL_VERSION)).toBe('accepted');
    expect(judgeProtocolVersion(OLDEST_PROTOCOL_VERSION)).toBe('accepted');
    expect(judgeProtocolVersion(6, 7)).toBe('accepted');
  });

  it('[VERSION-2] older and newer ones are refused, each with its own code', () => {
    expect(judgeProtocolVersion(5, 7)).toBe('protocol-too-old');
    expect(judgeProtocolVersion(0)).toBe('protocol-too-old');
    expect(judgeProtocolVersion(PROTOCOL_VERSION + 1)).toBe('protocol-too-new');
  });
});

describe('errors and ends', () => {
  it.each(errorCodes)('[ERROR-1] %s crosses the wire as its code alone', (code) => {
    expect(toWireError(new AssistError(code, 'for the log only', { cause: new Error('secret') }))).toEqual({ code });
    expect(errorCatalogue[code].httpStatus).toBeGreaterThanOrEqual(400);
  });

  it('[ERROR-1] an incident id and a wait go along', () => {
    const error = new AssistError('internal', 'bug', { incident: 'i-1', retryAfterMs: 10 });
    expect(toWireError(error)).toEqual({ code: 'internal', incident: 'i-1', retryAfterMs: 10 });
  });

  it.each(endReasons)('[ERROR-2] the resident is told one thing about the end %s', (reason) => {
    expect(kioskEndReasons).toContain(toKioskEndReason(reason));
  });
});
