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
