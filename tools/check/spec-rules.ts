import type { SourceFile } from './source-files.ts';

const ruleId = /[A-Z][A-Z0-9]*-\d+/;
/** A rule begins its own line or list item in bold: `- **CALL-7** An expired offer …`. */
const ruleDefinition = new RegExp(`^\\s*(?:[-*]\\s+|\\|\\s*|#+\\s*)?\\*\\*(${ruleId.source})\\b[^*]*\\*\\*`, 'gm');
/** The name of a test or of a group of tests, whatever quotes it is in. */
const testName =
  /\b(?:it|test|describe)(?:\.[\w.]+)?(?:\([^()]*(?:\([^()]*\)[^()]*)*\))??\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs;
const citation = new RegExp(`\\[(${ruleId.source})\\]`, 'g');

/**
 * Holds the numbered rules of every SPEC.md against the tests that cite them.
 *
 * @returns one sentence per problem
 */
export function specProblems(specs: readonly SourceFile[], tests: readonly SourceFile[]): string[] {
  const definedIn = new Map<string, string>();
  const problems: string[] = [];
  for (const spec of specs) {
    for (const [, id = ''] of spec.text.matchAll(ruleDefinition)) {
      const earlier = definedIn.get(id);
      if (earlier) problems.push(`${spec.path}: ${id} is already a rule of ${earlier}`);
      else definedIn.set(id, spec.path);
    }
  }
  const cited = new Set<string>();
  for (const test of tests) {
    for (const id of citedIn(test.text)) {
      cited.add(id);
      if (!definedIn.has(id)) problems.push(`${test.path}: a test cites ${id}, which no SPEC.md has`);
    }
  }
  for (const [id, spec] of definedIn) if (!cited.has(id)) problems.push(`${spec}: no test cites ${id}`);
  return problems;
}

function citedIn(text: string): Set<string> {
  const names = [...text.matchAll(testName)].map((match) => match[2] ?? '');
  return new Set(names.flatMap((name) => [...name.matchAll(citation)].map((match) => match[1] ?? '')));
}
