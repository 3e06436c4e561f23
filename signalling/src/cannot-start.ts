/** The program cannot run as it is set up. The message tells the operator what to do and holds no secret. */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // Whoever runs the role knows such an error by this name, across packages.
    this.name = 'CannotStart';
  }
}
