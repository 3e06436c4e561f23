import { describe, expect, it } from 'vitest';
import { ConfigError, readSignallingConfig } from './config.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSignallingConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('has a default for everything', () => {
    expect(readSignallingConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DEMO: 'on',
      OFFER_TIMEOUT_MS: 20_000,
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readSignallingConfig({}))).toBe(true);
  });

  it('reports all problems at once', () => {
    expect(problemsOf({ PORT: 'ten', LOG_LEVEL: 'loud', OFFER_TIMEOUT_MS: '5', PUBLIC_URL: 'ftp://x' })).toHaveLength(
      4,
    );
  });

  it('counts an empty variable as unset', () => {
    expect(readSignallingConfig({ PORT: '', REDIS_URL: '' }).PORT).toBe(3000);
  });

  it.each(['REDIS_URL', 'DATABASE_URL'])('refuses %s with a sentence that says what to do', (name) => {
    expect(problemsOf({ [name]: 'redis://127.0.0.1' })).toEqual([
      expect.stringMatching(new RegExp(`^${name} is set, but this version keeps .* on this machine only: unset it$`)),
    ]);
  });

  it.each([
    ['short', 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p'],
    ['sample', 'change-me-change-me-change-me-0123456789'],
    ['pattern', 'abababababababababababababababababababab'],
  ])('refuses a %s secret without repeating it', (_, secret) => {
    const problems = problemsOf({ TOKEN_SECRET: secret, LINK_TOKEN: secret });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain(secret);
  });

  it('takes a list of origins and refuses what is not one', () => {
    expect(readSignallingConfig({ ALLOWED_ORIGINS: 'https://a.cn, https://b.cn:8443' }).ALLOWED_ORIGINS).toEqual([
      'https://a.cn',
      'https://b.cn:8443',
    ]);
    expect(problemsOf({ ALLOWED_ORIGINS: 'https://a.cn/,null,*' })).toHaveLength(3);
  });
});
