/** One question to a forge: an answer that was checked, or one problem. No problem quotes what was sent. */
import * as v from 'valibot'
import { Problem } from '#shared/problem'

/** How long a forge may take, in milliseconds, and how much it may say, in bytes. */
const PATIENCE = 10_000
const LONGEST = 1024 * 1024

export interface Question {
  fetch: typeof fetch
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers?: Record<string, string>
  body?: unknown
}

export interface ForgeAnswer {
  status: number
  /** Undefined when the answer is no JSON. */
  json: unknown
}

/** What a forge answers, whatever its status below 500. Rejects with `forge-failed`. */
export async function askForge(question: Question): Promise<ForgeAnswer> {
  const { method, url, headers, body } = question
  const what = `${method} ${new URL(url).pathname}`
  try {
    const response = await question.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'forgemoot',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // What we send are secrets: they go where we say or nowhere.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    const { status } = response
    const json = parsed(await textOf(response))
    if (status >= 500) throw forgeFailed('GitHub has a problem of its own.', `${status} to ${what}`)
    if (status === 429)
      throw forgeFailed('GitHub does not want to be asked more for now.', `${status} to ${what}`)
    return { status, json }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw forgeFailed(reasonOf(error), `${what}: ${nameOf(error)}`)
  }
}

/** An answer in the shape of a schema, or `forge-failed`. */
export function shapedAnswer<S extends v.GenericSchema>(
  schema: S,
  { status, json }: ForgeAnswer,
): v.InferOutput<S> {
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  const path = v.getDotPath(result.issues[0]) ?? 'body'
  throw forgeFailed(
    'GitHub answered with something that was not to be expected.',
    `${status}, ${path}`,
  )
}

/** The problem of a forge that does not answer as it should; the cause is for the log. */
export function forgeFailed(sentence: string, cause: string): Problem {
  const problem = new Problem('forge-failed', `${sentence} Try again in a moment.`)
  problem.cause = `GitHub: ${cause}`
  return problem
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > LONGEST) throw new RangeError('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError') return 'GitHub did not answer in time.'
  if (error instanceof RangeError) return 'GitHub answered with more than can be read.'
  return 'GitHub cannot be reached from the server.'
}

/** What kind of error it was. Messages of errors may quote addresses and headers. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = (error.cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? `${error.name} ${code}` : error.name
}
