import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bindRequests } from './bind-requests.ts';
import type { Handlers, RequestTable } from './contract.ts';
import { AssistError } from './errors.ts';

const table = {
  'kettle:fill': {
    access: 'kiosk',
    limit: { maxBytes: 200, perMinute: 30 },
    input: z.object({ litres: z.number().min(0).max(2), note: z.string().optional() }),
    output: z.object({ full: z.boolean() }),
  },
} as const satisfies RequestTable;

/** A socket whose peer is the test. */
function socketPair() {
  const listeners = new Map<string, (...args: unknown[]) => void>();
  return {
    server: { on: (name: string, listener: (...args: unknown[]) => void) => listeners.set(name, listener) },
    send: (name: string, ...args: unknown[]) => listeners.get(name)?.(...args),
    ask: (name: string, ...args: unknown[]) =>
      new Promise<unknown>((resolve) => listeners.get(name)?.(...args, resolve)),
  };
}

function setup(fill: Handlers<typeof table, { who: string }>['kettle:fill'], refuse?: AssistError) {
  const pair = socketPair();
  const bugs: unknown[] = [];
  const refusals: string[] = [];
  const clock = { now: 0 };
  bindRequests({
    socket: pair.server,
    table,
    handlers: { 'kettle:fill': fill },
    context: { who: 'kiosk-001' },
    authorize: (rule, _input, context) => {
      expect([rule, context.who]).toEqual(['kiosk', 'kiosk-001']);
      if (refuse) throw refuse;
    },
    now: () => clock.now,
    onBug: (_name, error) => {
      bugs.push(error);
      return 'incident-1';
    },
    onRefusal: (_name, error) => refusals.push(error.code),
  });
  return { ...pair, bugs, refusals, clock };
}

const filled = async () => ({ full: true });

describe('bindRequests', () => {
  it('[PROTO-1] answers a valid request with its value', async () => {
    const { ask } = setup(async ({ litres }) => ({ full: litres === 2 }));
    expect(await ask('kettle:fill', { litres: 2 })).toEqual({ ok: true, value: { full: true } });
  });

  it.each([null, undefined, 7, 'x', [], { litres: Number.NaN }, { litres: 3 }, { litres: '1' }])(
    '[PROTO-2] refuses the payload %j',
    async (payload) => {
      let ran = false;
      const { ask } = setup(async () => {
        ran = true;
        return { full: true };
      });
      expect(await ask('kettle:fill', payload)).toEqual({ ok: false, error: { code: 'invalid-payload' } });
      expect(ran).toBe(false);
    },
  );

  it('[PROTO-2] does not let a payload reach the prototype of anything', async () => {
    const seen: object[] = [];
    const { ask } = setup(async (input) => {
      seen.push(input);
      return { full: true };
    });
    await ask('kettle:fill', JSON.parse('{"litres":1,"__proto__":{"admin":true}}'));
    expect(Object.keys(seen[0] ?? {})).toEqual(['litres']);
    expect('admin' in {}).toBe(false);
    expect(seen[0] && 'admin' in seen[0]).toBe(false);
  });

  it('[PROTO-3] does not execute a request that cannot be answered', () => {
    let ran = false;
    const { send } = setup(async () => {
      ran = true;
      return { full: true };
    });
    send('kettle:fill', { litres: 1 });
    send('kettle:fill');
    expect(ran).toBe(false);
  });

  it('[PROTO-4] refuses a payload that is larger than the table allows, also one that JSON cannot carry', async () => {
    const { ask } = setup(filled);
    const refused = { ok: false, error: { code: 'invalid-payload' } };
    expect(await ask('kettle:fill', { litres: 1, note: 'x'.repeat(200) })).toEqual(refused);
    const cycle: Record<string, unknown> = { litres: 1 };
    cycle.self = cycle;
    expect(await ask('kettle:fill', cycle)).toEqual(refused);
  });

  it('[PROTO-5] refuses what comes faster than the table allows, and recovers with time', async () => {
    const { ask, clock, refusals } = setup(filled);
    const replies = await Promise.all(Array.from({ length: 12 }, () => ask('kettle:fill', { litres: 1 })));
    expect(replies.filter((reply) => (reply as { ok: boolean }).ok)).toHaveLength(10);
    expect(refusals).toEqual(['rate-limited', 'rate-limited']);
    clock.now = 2_000;
    expect(await ask('kettle:fill', { litres: 1 })).toMatchObject({ ok: true });
  });

  it('[PROTO-6] refuses what the access rule does not allow', async () => {
    const { ask, bugs } = setup(filled, new AssistError('forbidden', 'not yours'));
    expect(await ask('kettle:fill', { litres: 1 })).toEqual({ ok: false, error: { code: 'forbidden' } });
    expect(bugs).toEqual([]);
  });

  it('[PROTO-7] turns a bug into an incident and says nothing else', async () => {
    const bug = new Error('the secret is 42');
    const { ask, bugs } = setup(async () => {
      throw bug;
    });
    expect(await ask('kettle:fill', { litres: 1 })).toEqual({
      ok: false,
      error: { code: 'internal', incident: 'incident-1' },
    });
    expect(bugs).toEqual([bug]);
  });
});
