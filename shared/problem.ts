/**
 * The refusals that a person can be told about, as RFC 9457 problem documents. One table: what each is
 * called and which status it travels with. Types are relative references below `/problems/`.
 */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'You are not signed in' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'sign-in-over': { status: 400, title: 'This attempt to sign in is over' },
  'sign-in-refused': { status: 403, title: 'The forge refused the sign-in' },
  'not-a-person': { status: 403, title: 'Only people can sign in' },
  'not-configured': { status: 501, title: 'This server is not set up for that' },
  'forge-failed': { status: 502, title: 'The forge did not answer as it should' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'not-imported': { status: 404, title: 'This repository has not been imported' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'too-slow': { status: 408, title: 'The request took too long to arrive' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The request is not JSON' },
  invalid: { status: 400, title: 'The request has fields that cannot be accepted' },
  'from-the-future': { status: 422, title: 'The vote is from the future' },
  'unknown-forge': { status: 422, title: 'This server does not serve that forge' },
  'vote-id-taken': { status: 409, title: 'This vote id was used for another vote' },
  'no-constitution': { status: 409, title: 'The repository has no rules for merging' },
  'constitution-invalid': { status: 409, title: 'The rules of the repository cannot be read' },
  'electorate-unknown': { status: 409, title: 'It is not known who may vote' },
  'no-tally': { status: 404, title: 'There is no vote on merging this' },
  'tally-closed': { status: 409, title: 'The vote is over' },
  'other-head': { status: 409, title: 'The code changed since you saw it' },
  'not-an-elector': { status: 403, title: 'You do not vote on this' },
  'ballot-id-taken': { status: 409, title: 'This ballot id was used for another ballot' },
  'too-many': { status: 429, title: 'Too many requests at once' },
  busy: { status: 503, title: 'The server has too much to do' },
  'headers-too-large': { status: 431, title: 'The request has too many headers' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  unreachable: { status: 502, title: 'The server cannot be reached' },
  storage: { status: 507, title: 'The browser could not store this' },
} as const

export type ProblemType = keyof typeof PROBLEMS

/** Where one field of a request went wrong. */
export interface FieldError {
  /** A JSON pointer into the request's body, RFC 6901. */
  pointer: string
  detail: string
}

/** A problem as it travels. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  /** What happened and what to do next, for a person. */
  detail: string
  errors?: FieldError[]
}

const PREFIX = '/problems/'

/** The document for a problem. */
export function problemDocument(
  type: ProblemType,
  detail: string,
  errors?: FieldError[],
): ProblemDocument {
  const { status, title } = PROBLEMS[type]
  return { type: PREFIX + type, title, status, detail, ...(errors?.length && { errors }) }
}

/** What kind of problem a document is; undefined when a newer server knows one that we do not. */
export function problemTypeOf(document: { type?: unknown }): ProblemType | undefined {
  const { type } = document
  if (typeof type !== 'string' || !type.startsWith(PREFIX)) return undefined
  const name = type.slice(PREFIX.length)
  return Object.hasOwn(PROBLEMS, name) ? (name as ProblemType) : undefined
}

/** A refusal that a person can be told about. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly type: ProblemType
  readonly errors: FieldError[] | undefined
  /** When it is worth to come back, in seconds; undefined when nobody knows. */
  retryAfter: number | undefined

  constructor(type: ProblemType, detail: string, errors?: FieldError[]) {
    super(detail)
    this.name = 'Problem'
    this.type = type
    this.errors = errors
  }

  get document(): ProblemDocument {
    return problemDocument(this.type, this.message, this.errors)
  }
}
