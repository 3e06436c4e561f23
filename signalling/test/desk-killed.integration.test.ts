import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CallId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { openSqliteDeskStore } from '../src/adapters/sqlite-desk-store.ts';
import { agentOf } from '../src/call/call.ts';
import { DeskState } from '../src/desk/desk-state.ts';

const hall = new URL('./fixture-desk-hall.ts', import.meta.url).pathname;
const kills = 12;

type Promised = { requested: CallId } | { accepted: CallId; staffId: string };

describe('a desk that is killed', () => {
  it('[DESK-1] [DESK-36] fault Q4: keeps every promise, and no call is lost, stuck or assigned twice', {
    timeout: 180_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bangban-desk-'));
    const path = join(folder, 'desk.db');
    let promises = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const child = spawn(process.execPath, [hall, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = once(child, 'exit');
      const promised: Promised[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        // The last line may have been cut off.
        if (line.endsWith('}')) promised.push(JSON.parse(line));
        if (promised.length >= 50 + ((kill * 53) % 200)) child.kill('SIGKILL');
      }
      await exited;
      promises += promised.length;

      const store = openSqliteDeskStore(path);
      const snapshot = await store.load({ closedSinceMs: Number.MAX_SAFE_INTEGER });
      const state = new DeskState(snapshot);
      for (const each of promised) {
        if ('requested' in each) {
          const isKnown =
            state.calls.has(each.requested) || snapshot.closed.some(({ callId }) => callId === each.requested);
          expect(isKnown).toBe(true);
        } else {
          const accepted = (await store.timeline(each.accepted)).filter(({ type }) => type === 'accept');
          expect(accepted).toHaveLength(1);
        }
      }
      // Every agent with a call is the agent of that call, and the other way round.
      for (const call of state.calls.values()) {
        const agent = agentOf(call);
        if (agent) expect(state.agents.get(agent.staffId)).toMatchObject({ callId: call.callId });
      }
      for (const agent of state.agents.values()) {
        if (!('callId' in agent)) continue;
        const call = state.calls.get(agent.callId);
        expect(call && agentOf(call)?.staffId).toBe(agent.profile.staffId);
      }
      await store.close();
    }
    expect(promises).toBeGreaterThan(kills * 50);
    rmSync(folder, { recursive: true, force: true });
  });
});
