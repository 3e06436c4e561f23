/** Prints a figure that a story measured, so that whoever runs the tests sees it. */
export function printFigure(what: string, value: string): void {
  process.stdout.write(`  figure: ${what}: ${value}\n`);
}
