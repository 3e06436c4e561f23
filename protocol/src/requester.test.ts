import { describe, expect, it } from 'vitest';
import type { kioskRequests } from './kiosk.ts';
import { createRequester } from './requester.ts';

/** A socket that answers every request with `reply`. */
const answering = (reply: Promise<unknown>) => ({ timeout: () => ({ emitWithAck: () => reply }) });

const ask = (reply: Promise<unknown>) =>
  createRequester<typeof kioskRequests>(answering(reply), 1_000)('call:snapshot', {});

describe('createRequester', () => {
  it('[PROTO-9] gives the value of a success', async () => {
    expect(await ask(Promise.resolve({ ok: true, value: null }))).toBeNull();
  });

  it('[PROTO-9] rejects with the code, incident and wait of a refusal', async () => {
    const refused = ask(Promise.resolve({ ok: false, error: { code: 'rate-limited', retryAfterMs: 500 } }));
    await expect(refused).rejects.toMatchObject({ name: 'AssistError', code: 'rate-limited', retryAfterMs: 500 });
  });

  it('[PROTO-9] rejects with unreachable when no answer comes', async () => {
    await expect(ask(Promise.reject(new Error('operation has timed out')))).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
