/** A refusal in GitHub's form. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: object[],
  ) {
    super(message)
  }
}

/** What was asked for is elsewhere now. */
export class Moved extends Error {
  constructor(readonly path: string) {
    super('Moved Permanently')
  }
}
