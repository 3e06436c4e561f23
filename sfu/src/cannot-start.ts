/**
 * The program cannot run as it is set up. The message tells the operator what to do, in English and in Chinese, and
 * holds no secret.
 */
export class CannotStart extends Error {
  constructor(words: { en: string; 'zh-CN': string }, options?: ErrorOptions) {
    super(`${words.en}\n${words['zh-CN']}`, options);
    // Whoever runs the role knows such an error by this name, across packages.
    this.name = 'CannotStart';
  }
}
