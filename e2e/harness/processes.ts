import { readdirSync, readFileSync } from 'node:fs';

/** A process that one of ours has started. */
export type Descendant = { pid: number; parent: number; args: readonly string[] };

/** Everything that runs below a process, itself not included. A process that ends meanwhile is left out. */
export function descendantsOf(pid: number): Descendant[] {
  return childrenOf(pid).flatMap((child) => [
    { pid: child, parent: pid, args: argsOf(child) },
    ...descendantsOf(child),
  ]);
}

/** Whether a process with this id runs; one that has ended and was not yet collected does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Processor time that a process has used, in the kernel's ticks; 0 when it is gone. */
export function processorTicks(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields are counted after the name, which may hold spaces: utime and stime are the 14th and 15th of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    // A child belongs to the thread that started it.
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function argsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  } catch {
    return [];
  }
}
