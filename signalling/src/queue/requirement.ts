import type { Language } from '@bangban/protocol';

/** What a call asks of its agent. Calls that ask the same wait in one bucket. */
export type Requirement = { language: Language; skills: readonly string[] };

/** What an agent can do. Agents who can do the same are one group. */
export type Capability = { languages: readonly Language[]; skills: readonly string[] };

/** All skills and the language, or not at all. */
export function canTake(capability: Capability, requirement: Requirement): boolean {
  return (
    capability.languages.includes(requirement.language) &&
    requirement.skills.every((skill) => capability.skills.includes(skill))
  );
}

/** The same text for requirements that ask the same, in whatever order. */
export function requirementKey({ language, skills }: Requirement): string {
  return `${language} ${listKey(skills)}`;
}

/** The same text for capabilities that can do the same, in whatever order. */
export function capabilityKey({ languages, skills }: Capability): string {
  return `${listKey(languages)} ${listKey(skills)}`;
}

const listKey = (words: readonly string[]) => (words.length < 2 ? (words[0] ?? '') : JSON.stringify([...words].sort()));
