/** What a request's body says, checked; every way in which it can be wrong has its problem. */
import type { Context as Call } from 'hono'
import * as v from 'valibot'
import { LIMITS } from '#shared/api/limits'
import { type FieldError, Problem } from '#shared/problem'
import { headersOf } from './headers.ts'
import { bodyAhead } from './read-ahead.ts'
import { readJson } from './read-json.ts'

/** Wrong fields named in one answer; more help nobody. */
const MOST_ERRORS = 20

/** The body as JSON, of no shape yet. */
export async function takeJson(call: Call): Promise<unknown> {
  return readJson(await takeText(call))
}

/**
 * What stands behind the question mark, by name; several values of one name as a list. Of no shape yet, and
 * without a prototype, so that no name means anything but itself.
 */
export function queryOf(call: Call): unknown {
  const query = Object.create(null) as Record<string, string | string[]>
  for (const [name, values] of Object.entries(call.req.queries())) {
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

/** The text of a body that says it is JSON. */
export async function takeText(call: Call): Promise<string> {
  checkJson(call)
  const ahead = bodyAhead(call)
  if (ahead) return new TextDecoder().decode(ahead)
  return textOf(call, headersOf(call)['content-length'])
}

/** Refuses a body that does not say it is JSON. */
export function checkJson(call: Call): void {
  if (/^application\/json\s*(?:;|$)/i.test(headersOf(call)['content-type'] ?? '')) return
  throw new Problem(
    'unsupported-media-type',
    'Send JSON, and say so: Content-Type: application/json.',
  )
}

/** A body as it came, of at most `longest` bytes. */
export async function takeBytes(call: Call, longest: number): Promise<Buffer> {
  const length = headersOf(call)['content-length']
  if (length !== undefined && Number(length) > longest) throw tooLarge(longest)
  // A chunked body ends when its sender likes, so it is counted as it comes.
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of call.req.raw.body ?? []) {
      size += chunk.length
      if (size > longest) throw tooLarge(longest)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof Problem ? error : brokenOff()
  }
  return Buffer.concat(chunks)
}

/** A value in the shape of a schema, or the problem that says where it is not. */
export function shaped<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw new Problem(
    'invalid',
    'Some fields of the request cannot be accepted. Nothing was done.',
    result.issues.slice(0, MOST_ERRORS).map(fieldError),
  )
}

async function textOf(call: Call, length: string | undefined): Promise<string> {
  if (length === undefined) return new TextDecoder().decode(await takeBytes(call, LIMITS.body))
  if (Number(length) > LIMITS.body) throw tooLarge(LIMITS.body)
  return call.req.text().catch(() => {
    throw brokenOff()
  })
}

const brokenOff = () => new Problem('bad-request', 'The request broke off.')

const tooLarge = (longest: number) =>
  new Problem('too-large', `A request has at most ${longest} bytes. Send fewer at a time.`)

/** What is wrong with a field. Never what was sent: an answer is no place to play it back. */
function fieldError(issue: v.BaseIssue<unknown>): FieldError {
  return { pointer: pointerOf(issue), detail: detailOf(issue) }
}

function pointerOf({ path }: v.BaseIssue<unknown>): string {
  return (path ?? []).map(({ key }) => `/${nameable(String(key))}`).join('')
}

/** A field's name as it may be said again: what looks like none of ours stays unsaid. */
const nameable = (key: string) => (/^[\w-]{1,40}$/.test(key) ? key : '…')

function detailOf({ kind, type, expected, message, path }: v.BaseIssue<unknown>): string {
  const last = path?.at(-1) as { origin?: string } | undefined
  if (kind === 'schema' && last?.origin === 'key') {
    return expected === 'never' ? 'is not a known field' : 'is missing'
  }
  // Valibot's own messages quote what was received; ours, written in the schemas, do not.
  if (!message.startsWith('Invalid ')) return message
  return expected === null ? `does not fit: ${type}` : `expected ${expected}`
}
