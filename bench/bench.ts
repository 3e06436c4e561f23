import type { Report } from './measure/report.ts';

/** A program that measures one of the figures that Bangban must reach. */
export type Bench = {
  name: string;
  summary: string;
  /** `quick` gives a rough figure soon: fewer samples, the same method. */
  run(options: { quick: boolean }): Promise<Report>;
};
