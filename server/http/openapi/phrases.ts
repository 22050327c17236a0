/** Phrases that descriptions of doors are made of. */
import { PROBLEMS, type ProblemType } from '#shared/problem'
import type { SchemaName } from './schemas.ts'

const refTo = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })

/** A body that is JSON of this name. */
export const jsonOf = (name: SchemaName) => ({
  content: { 'application/json': { schema: refTo(name) } },
})

/** Refusals by their status; several types may share one. */
export function problems(types: readonly ProblemType[], schema: SchemaName = 'Problem') {
  const statuses = new Map<number, string[]>()
  for (const type of types) {
    const { status, title } = PROBLEMS[type]
    statuses.set(status, [...(statuses.get(status) ?? []), `\`/problems/${type}\`: ${title}.`])
  }
  const responses = [...statuses].map(([status, described]) => [
    status,
    {
      description: described.join(' '),
      content: { 'application/problem+json': { schema: refTo(schema) } },
    },
  ])
  return Object.fromEntries(responses) as Record<string, unknown>
}

/** How any request can be refused. */
export const ANY: ProblemType[] = ['forbidden', 'too-many', 'method-not-allowed', 'internal']

/** How one with a body can be refused. */
export const BODY: ProblemType[] = [
  'bad-request',
  'invalid',
  'too-large',
  'unsupported-media-type',
  ...ANY,
]

/** It is asked with a session. */
export const needsSession = [{ session: [] }]

/** It may be asked with a session, and is then answered for its person. */
export const mayHaveSession = [{}, { session: [] }]

/** A page for a person. */
export const page = { content: { 'text/html': { schema: { type: 'string' } } } }

/** What stands behind the question mark of the address. */
export const inQuery = (name: string, description = '', required = false) => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string' },
})

/** Plain text. */
export const text = { content: { 'text/plain': { schema: { type: 'string' } } } }
