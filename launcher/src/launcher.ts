import { join } from 'node:path';
import { openRoleLog, type RoleLog, readableWarning } from './role-log.ts';
import type { ReadyInfo } from './role-messages.ts';
import { type RoleProcess, startRoleProcess } from './role-process.ts';
import {
  beginSupervision,
  type RoleName,
  roleNames,
  type SupervisionEffect,
  type SupervisionEvent,
  type SupervisionStep,
  superviseStep,
} from './supervision.ts';

/** Two requests to stop within this time are one Ctrl-C that arrived twice (LAUNCH-12). */
const samePressMs = 300;

export type LauncherOptions = {
  /** The program of a role and its arguments, run by this same Node. */
  argsOf(role: RoleName): readonly string[];
  /** The environment of every role. */
  env: Readonly<Record<string, string | undefined>>;
  /** An absolute folder; logs go to `logs` in it. */
  dataDir: string;
  drainTimeoutMs: number;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Prints a line for a person. */
  say(line: string): void;
  onReady(info: ReadyInfo): void;
  /** Called once, when nothing runs any more. */
  onEnd(exitCode: number): void;
};

export type Launcher = {
  /** Asks the roles to drain and end; asked again, ends them at once. */
  stop(): void;
  /** The process of a role while it runs. */
  pidOf(role: RoleName): number | undefined;
};

/**
 * Runs every role and keeps it running, as SPEC.md says. @throws when the log folder cannot be made
 */
export function startLauncher(options: LauncherOptions): Launcher {
  const { now, say } = options;
  const logFolder = join(options.dataDir, 'logs');
  const logs = Object.fromEntries(roleNames.map((role) => [role, openRoleLog(logFolder, role)])) as Record<
    RoleName,
    RoleLog
  >;
  const processes = new Map<RoleName, RoleProcess>();
  const timers = new Set<NodeJS.Timeout>();
  let ready: ReadyInfo = {};
  let stopRequestedAt = Number.NEGATIVE_INFINITY;

  const begun = beginSupervision(now());
  let supervision = begun.supervision;

  const handle = (event: SupervisionEvent) => apply(superviseStep(supervision, event, now()));

  function apply(step: SupervisionStep): void {
    supervision = step.supervision;
    for (const effect of step.effects) perform(effect);
  }

  function perform(effect: SupervisionEffect): void {
    switch (effect.type) {
      case 'spawn':
        return spawnRole(effect.role);
      case 'spawn-later':
        return later(effect.delayMs, () => handle({ type: 'delay-over', role: effect.role }));
      case 'terminate':
        return processes.get(effect.role)?.terminate();
      case 'kill':
        return processes.get(effect.role)?.kill();
      case 'start-drain-timer':
        return later(options.drainTimeoutMs, () => handle({ type: 'drain-over' }));
      case 'announce-ready':
        return options.onReady(ready);
      case 'announce-return':
        return say(`✓ ${effect.role} is back`);
      case 'announce-death':
        return say(deathNotice(effect));
      case 'announce-failure':
        return say(`✗ ${effect.message} Details: ${logFolder}`);
      case 'exit':
        return end(effect.code);
    }
  }

  function deathNotice({ role, ending, delayMs }: Extract<SupervisionEffect, { type: 'announce-death' }>): string {
    const when = delayMs === 0 ? 'now' : `in ${delayMs / 1_000} s`;
    return `! ${role} ended (${ending}) and is started again ${when}. Details: ${logs[role].path}`;
  }

  function spawnRole(role: RoleName): void {
    const running = startRoleProcess({
      args: options.argsOf(role),
      env: options.env,
      onMessage: (message) => {
        if (message.type === 'cannot-start')
          return handle({ type: 'role-cannot-start', role, message: message.message });
        const { type: _, ...info } = message;
        ready = { ...ready, ...info };
        handle({ type: 'role-ready', role });
      },
      onLine: (line) => {
        logs[role].write(line);
        const warning = readableWarning(role, line);
        // While everything ends, each role notices that the other is gone.
        if (warning && supervision.phase !== 'stopping') say(`! ${warning}`);
      },
      onExit: (ending) => {
        if (processes.get(role) === running) processes.delete(role);
        handle({ type: 'role-exited', role, ending });
      },
    });
    processes.set(role, running);
  }

  function later(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  }

  function end(exitCode: number): void {
    for (const timer of timers) clearTimeout(timer);
    for (const log of Object.values(logs)) log.close();
    options.onEnd(exitCode);
  }

  apply(begun);

  return {
    stop() {
      const isSamePress = now() - stopRequestedAt < samePressMs;
      if (!isSamePress) handle({ type: 'stop-requested' });
      stopRequestedAt = now();
    },
    pidOf: (role) => processes.get(role)?.pid,
  };
}
