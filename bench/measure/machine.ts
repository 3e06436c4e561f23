import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** The kind of machine that a figure was measured on. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
  chromium: string;
  at: string;
};

export function describeMachine(): Machine {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    chromium: versionOf('/usr/bin/chromium', ['--version']),
    at: new Date().toISOString().slice(0, 16),
  };
}

/** The first line that a program says about its version, or that it is not installed. */
export function versionOf(program: string, args: readonly string[]): string {
  try {
    return (
      execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .split('\n')[0]
        ?.trim() ?? ''
    );
  } catch {
    return 'not installed';
  }
}
