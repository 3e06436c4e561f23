import { availableParallelism, loadavg } from 'node:os';

/**
 * A time bound in milliseconds for a machine that is free to run the test. Where several processes wait for each core,
 * everything takes as many times longer, and so does the bound.
 */
export function boundMs(ms: number): number {
  const [lastMinute = 0] = loadavg();
  return ms * Math.max(1, lastMinute / availableParallelism());
}
