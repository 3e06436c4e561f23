import { defineConfig } from 'vitest/config';

const everywhere = ['**/node_modules/**', '**/dist/**', '**/data/**'];

/**
 * Real browsers, processes and media share the machine with whatever else runs on it, and one late second fails a story.
 * Such a test may try once more; the report says so. What fails twice is broken.
 */
const lateOnce = 1;

/**
 * Three kinds of test, run in this order: `unit` (beside the source, no I/O), `integration` (real sockets, workers,
 * databases and processes) and `e2e` (a real Chromium against the whole program).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['*/src/**/*.test.ts', '*.test.ts'],
          exclude: everywhere,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['*/test/**/*.integration.test.ts', '*/test/**/*.hostile.test.ts', 'tools/**/*.test.ts'],
          exclude: everywhere,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          retry: lateOnce,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: everywhere,
          // Each story starts the whole program and its own Chromium: two at once would only measure each other.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: lateOnce,
        },
      },
    ],
  },
});
