/*
 *            ready                 exits
 * starting ──────────▶ ready ──────────────▶ waiting ──(delay over)──▶ starting
 *     │                                         ▲
 *     └────────────── exits ────────────────────┘        stop: any ──▶ stopping ──▶ gone
 */

/** The roles, in the order in which they are ended: calls are drained while media still flows. */
export const roleNames = ['signalling', 'sfu'] as const;
export type RoleName = (typeof roleNames)[number];

/** A first restart is immediate: while signalling is away nobody can press a button. */
const firstDelayMs = 100;
const maxDelayMs = 5_000;
/** A role that lived this long did not die of what killed it before. */
const healthyLifeMs = 30_000;
/** A role that never came up dies of something that another try will not mend. */
const maxDeathsBeforeReady = 3;

export type RoleState =
  | { state: 'starting'; since: number; deaths: number }
  | { state: 'ready'; since: number; deaths: number }
  | { state: 'waiting'; deaths: number }
  | { state: 'stopping' }
  | { state: 'gone' };

/** What the launcher knows. `exitCode` is set from the moment it is stopping. */
export type Supervision = {
  phase: 'starting' | 'running' | 'stopping' | 'ended';
  roles: Record<RoleName, RoleState>;
  exitCode: number;
};

export type SupervisionEvent =
  | { type: 'role-ready'; role: RoleName }
  | { type: 'role-exited'; role: RoleName; ending: string }
  | { type: 'role-cannot-start'; role: RoleName; message: string }
  | { type: 'delay-over'; role: RoleName }
  | { type: 'stop-requested' }
  | { type: 'drain-over' };

/** What the launcher must do after a step, in order. */
export type SupervisionEffect =
  | { type: 'spawn'; role: RoleName }
  | { type: 'spawn-later'; role: RoleName; delayMs: number }
  | { type: 'terminate'; role: RoleName }
  | { type: 'kill'; role: RoleName }
  | { type: 'start-drain-timer' }
  | { type: 'announce-ready' }
  | { type: 'announce-return'; role: RoleName }
  | { type: 'announce-death'; role: RoleName; ending: string; delayMs: number }
  | { type: 'announce-failure'; message: string }
  | { type: 'exit'; code: number };

export type SupervisionStep = { supervision: Supervision; effects: SupervisionEffect[] };

/** The launcher's first step: every role starts. */
export function beginSupervision(now: number): SupervisionStep {
  const starting: RoleState = { state: 'starting', since: now, deaths: 0 };
  return {
    supervision: { phase: 'starting', roles: { signalling: starting, sfu: starting }, exitCode: 0 },
    effects: roleNames.map((role) => ({ type: 'spawn', role })),
  };
}

/** Decides what an event does. An event that comes too late (a delay that ends while stopping) does nothing. */
export function superviseStep(supervision: Supervision, event: SupervisionEvent, now: number): SupervisionStep {
  switch (event.type) {
    case 'role-ready':
      return whenReady(supervision, event.role, now);
    case 'role-exited':
      return whenExited(supervision, event, now);
    case 'role-cannot-start':
      // Later, a port that is still taken is as passing as any other death: the exit that follows brings a new try.
      return supervision.phase === 'starting' ? fail(supervision, event.message) : nothing(supervision);
    case 'delay-over':
      return whenDelayIsOver(supervision, event.role, now);
    case 'stop-requested':
      return supervision.phase === 'stopping' ? killAll(supervision) : stop(supervision, 0);
    case 'drain-over':
      return killAll(supervision);
  }
}

/** How long to wait before a role that has died this many times in a row is started again. */
export function restartDelayMs(deaths: number): number {
  return deaths <= 1 ? 0 : Math.min(firstDelayMs * 2 ** (deaths - 2), maxDelayMs);
}

function whenReady(supervision: Supervision, role: RoleName, now: number): SupervisionStep {
  const was = supervision.roles[role];
  if (was.state !== 'starting') return nothing(supervision);
  const next = withRole(supervision, role, { state: 'ready', since: now, deaths: was.deaths });
  const isComplete = next.phase === 'starting' && roleNames.every((name) => next.roles[name].state === 'ready');
  if (isComplete) return { supervision: { ...next, phase: 'running' }, effects: [{ type: 'announce-ready' }] };
  return { supervision: next, effects: was.deaths > 0 ? [{ type: 'announce-return', role }] : [] };
}

function whenExited(
  supervision: Supervision,
  { role, ending }: { role: RoleName; ending: string },
  now: number,
): SupervisionStep {
  if (supervision.phase === 'stopping') return stopNext(withRole(supervision, role, { state: 'gone' }));
  const was = supervision.roles[role];
  if (was.state !== 'starting' && was.state !== 'ready') return nothing(supervision);

  const deaths = (now - was.since >= healthyLifeMs ? 0 : was.deaths) + 1;
  if (supervision.phase === 'starting' && deaths >= maxDeathsBeforeReady) {
    const gone = withRole(supervision, role, { state: 'gone' });
    return fail(gone, `${role} ended ${deaths} times before it was ready (${ending}).`);
  }
  const delayMs = restartDelayMs(deaths);
  const restart: SupervisionEffect = delayMs === 0 ? { type: 'spawn', role } : { type: 'spawn-later', role, delayMs };
  return {
    supervision: withRole(
      supervision,
      role,
      delayMs === 0 ? { state: 'starting', since: now, deaths } : { state: 'waiting', deaths },
    ),
    effects: [{ type: 'announce-death', role, ending, delayMs }, restart],
  };
}

function whenDelayIsOver(supervision: Supervision, role: RoleName, now: number): SupervisionStep {
  const was = supervision.roles[role];
  if (was.state !== 'waiting') return nothing(supervision);
  return {
    supervision: withRole(supervision, role, { state: 'starting', since: now, deaths: was.deaths }),
    effects: [{ type: 'spawn', role }],
  };
}

function fail(supervision: Supervision, message: string): SupervisionStep {
  const { supervision: stopping, effects } = stop(supervision, 1);
  return { supervision: stopping, effects: [{ type: 'announce-failure', message }, ...effects] };
}

function stop(supervision: Supervision, exitCode: number): SupervisionStep {
  const next = stopNext({ ...supervision, phase: 'stopping', exitCode });
  return { supervision: next.supervision, effects: [{ type: 'start-drain-timer' }, ...next.effects] };
}

/** Ends the next role that still runs, or the launcher itself when there is none. */
function stopNext(supervision: Supervision): SupervisionStep {
  for (const role of roleNames) {
    const { state } = supervision.roles[role];
    if (state === 'gone') continue;
    if (state === 'stopping') return nothing(supervision);
    if (state === 'waiting') return stopNext(withRole(supervision, role, { state: 'gone' }));
    return {
      supervision: withRole(supervision, role, { state: 'stopping' }),
      effects: [{ type: 'terminate', role }],
    };
  }
  return {
    supervision: { ...supervision, phase: 'ended' },
    effects: [{ type: 'exit', code: supervision.exitCode }],
  };
}

function killAll(supervision: Supervision): SupervisionStep {
  const alive = roleNames.filter((role) => supervision.roles[role].state !== 'gone');
  return { supervision, effects: alive.map((role) => ({ type: 'kill', role })) };
}

function withRole(supervision: Supervision, role: RoleName, state: RoleState): Supervision {
  return { ...supervision, roles: { ...supervision.roles, [role]: state } };
}

function nothing(supervision: Supervision): SupervisionStep {
  return { supervision, effects: [] };
}
