import type { SourceFile } from './source-files.ts';

/** A habit of the house that no linter knows: where something may be written, and why. */
type SourceRule = { what: RegExp; where: RegExp; except: RegExp; says: string };

const tests =
  /(\.(test|fuzz|contract|hostile)\.tsx?$|(^|\/)test\/|\/testing\.ts$|^e2e\/|^bench\/|^tools\/|\.config\.ts$)/;
const anyOf = (...patterns: RegExp[]) => new RegExp(patterns.map((pattern) => pattern.source).join('|'));

const rules: SourceRule[] = [
  {
    what: /\bprocess\.env\b/,
    where: /\.tsx?$/,
    except: anyOf(tests, /(^|\/)config\.ts$/),
    says: 'only config.ts reads the environment',
  },
  {
    what: /\bprocess\.exit\(/,
    where: /\.tsx?$/,
    except: anyOf(tests, /^main\.ts$/),
    says: 'only main.ts exits the process',
  },
  {
    what: /\bDate\.now\(|\bnew Date\(\)/,
    where: /^(protocol|signalling|sfu|launcher)\/src\/.*\.ts$/,
    except: anyOf(tests, /clock[^/]*\.ts$/, /\/src\/client\//),
    says: 'only the clock adapter asks what time it is',
  },
  {
    what: /\b(setTimeout|setInterval|setImmediate)\(/,
    where: /^(protocol\/src|signalling\/src\/(call|queue|agents|desk|kiosks|services|access))\//,
    except: tests,
    says: 'only adapters own timers',
  },
];
const dumpingGround = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.[a-z]+$)/;
const decision = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/;

/** @returns one sentence per place that breaks a rule */
export function sourceProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const applicable = rules.filter((rule) => rule.where.test(path) && !rule.except.test(path));
    if (applicable.length === 0) return [];
    return text.split('\n').flatMap((line, index) => {
      if (/^\s*(\/?\*|\/\/)/.test(line)) return [];
      return applicable.filter((rule) => rule.what.test(line)).map((rule) => `${path}:${index + 1}: ${rule.says}`);
    });
  });
}

/** @returns one sentence per path that is not named as the house names things */
export function pathProblems(paths: readonly string[]): string[] {
  const problems = paths
    .filter((path) => dumpingGround.test(path))
    .map((path) => `${path}: name it for what it does; this name takes in anything`);
  const numbers = new Map<string, string>();
  for (const path of paths.filter((candidate) => candidate.startsWith('docs/adr/'))) {
    const number = decision.exec(path)?.[1];
    if (!number) problems.push(`${path}: a decision record is named 0001-what-was-decided.md`);
    else if (numbers.has(number)) problems.push(`${path}: ${numbers.get(number)} has the same number`);
    else numbers.set(number, path);
  }
  return problems;
}
