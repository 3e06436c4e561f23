import { describe, expect, it } from 'vitest';
import { specProblems } from './spec-rules.ts';

const spec = (text: string) => [{ path: 'desk/SPEC.md', text }];
const test = (text: string) => [{ path: 'desk/desk.test.ts', text }];

describe('specProblems', () => {
  it('is content when every rule is cited by the name of a test', () => {
    const rules = spec('- **CALL-1** One.\n- **CALL-2** Two.\n| **CALL-3** | Three. |\n');
    const tests = test(
      "it('[CALL-1][CALL-2] both hold', () => {});\n" + 'describe("[CALL-3] it\'s a group", () => {});\n',
    );
    expect(specProblems(rules, tests)).toEqual([]);
  });

  it('follows it.each and names on the next line', () => {
    const tests = test("it.each([[1, 'a'], [2, 'b']])(\n  '[CALL-1] holds for %s', () => {});");
    expect(specProblems(spec('- **CALL-1** One.'), tests)).toEqual([]);
  });

  it('names a rule that no test cites, also when a comment does', () => {
    expect(specProblems(spec('- **CALL-1** One.'), test('// see [CALL-1]\nit("works", () => {});'))).toEqual([
      'desk/SPEC.md: no test cites CALL-1',
    ]);
  });

  it('names a citation of a rule that nobody wrote', () => {
    expect(specProblems([], test("it('[CALL-9] holds', () => {});"))).toEqual([
      'desk/desk.test.ts: a test cites CALL-9, which no SPEC.md has',
    ]);
  });

  it('refuses the same number twice', () => {
    const problems = specProblems(spec('- **CALL-1** One.\n- **CALL-1** Again.'), test("it('[CALL-1] x', () => {});"));
    expect(problems).toEqual(['desk/SPEC.md: CALL-1 is already a rule of desk/SPEC.md']);
  });
});
