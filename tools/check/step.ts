import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** One thing that must hold. `run` gives back the problems it found, as text for a person; none means it holds. */
export type Step = { name: string; run(): Promise<string[]> };

export type StepResult = { name: string; problems: string[]; ms: number };

/** A step that is a program of its own, run by this Node: it holds when the program ends with code 0. */
export function programStep(name: string, args: readonly string[]): Step {
  return {
    name,
    async run() {
      const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      const [code] = await once(child, 'close');
      return code === 0 ? [] : [output.trim() || `exit code ${code}`];
    },
  };
}

/** Runs steps a few at a time and tells of each as it ends. The results are in the order of the steps. */
export async function runSteps(
  steps: readonly Step[],
  options: { atOnce: number; onResult(result: StepResult): void },
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, step] = next;
      const startedAt = performance.now();
      const problems = await step.run().catch((error: unknown) => [String(error)]);
      const result = { name: step.name, problems, ms: performance.now() - startedAt };
      results[index] = result;
      options.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return results;
}
