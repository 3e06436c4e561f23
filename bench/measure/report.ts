import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import { median, quantile } from './statistics.ts';

/** One thing measured, as often as it was. */
export type Figure = {
  what: string;
  unit: string;
  /** Grouped by repeat, in the order of the runs. */
  repeats: readonly (readonly number[])[];
  /** What it must reach, in words and as a test of the median. */
  goal?: { words: string; isMet(median: number, p95: number): boolean };
};

export type Report = { figures: readonly Figure[]; notes: readonly string[] };

const results = join(import.meta.dirname, '../results');

/** Prints the report for a person, and writes every sample for whoever wants to look closer. */
export async function publish(bench: string, machine: Machine, report: Report): Promise<void> {
  for (const line of table(report)) console.log(line);
  for (const note of report.notes) console.log(`  ${note}`);
  await mkdir(results, { recursive: true });
  const path = join(results, `${bench}.json`);
  await writeFile(path, `${JSON.stringify({ bench, machine, ...report }, null, 2)}\n`);
  console.log(
    `  ${machine.cores} cores (${machine.processor}), Node ${machine.node}, ${machine.at}; samples in bench/results/${bench}.json`,
  );
}

function table({ figures }: Report): string[] {
  const rows = [
    ['', 'median', 'p10–p90', 'p95', 'medians of repeats', 'n', 'goal'],
    ...figures.map(({ what, unit, repeats, goal }) => {
      const all = repeats.flat();
      const number = (value: number) => readable(value);
      const middle = median(all);
      return [
        `${what} (${unit})`,
        number(middle),
        `${number(quantile(all, 0.1))}–${number(quantile(all, 0.9))}`,
        number(quantile(all, 0.95)),
        repeats.map((samples) => number(median(samples))).join(', '),
        String(all.length),
        goal ? `${goal.words}: ${goal.isMet(middle, quantile(all, 0.95)) ? 'met' : 'MISSED'}` : '',
      ];
    }),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function readable(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
