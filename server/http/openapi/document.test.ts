import { expect, test } from 'vitest'
import * as v from 'valibot'
import { AboutSchema } from '#shared/api/about'
import { PersonExportSchema } from '#shared/api/person'
import { ProblemSchema } from '#shared/api/problem'
import { ReasonsReplySchema, ScoresReplySchema } from '#shared/api/scores'
import { SessionReplySchema, SessionsReplySchema } from '#shared/api/sign-in'
import { VotesReplySchema } from '#shared/api/votes'
import type { Context } from '../../context.ts'
import { routesOf } from '../routes.ts'
import { aVote } from '../../testing.ts'
import { sharedServer } from '../../testing-server.ts'

const { server } = sharedServer()

interface JsonSchema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  minimum?: number
  maximum?: number
}

type Content = Record<string, { schema: JsonSchema }>

interface Document {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, { content?: Content }> }>>
  components: { schemas: Record<string, JsonSchema> }
}

const documentOf = async () => (await server.ask('/openapi.json')).body as Document

/** The words of JSON Schema that the document uses, no more; where a value does not fit. */
function misfits(document: Document, schema: JsonSchema, value: unknown, at = ''): string[] {
  if (schema.$ref) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    return named ? misfits(document, named, value, at) : [`${at}: no ${schema.$ref}`]
  }
  if (schema.anyOf) {
    const fits = schema.anyOf.some((one) => misfits(document, one, value, at).length === 0)
    return fits ? [] : [`${at}: none of anyOf`]
  }
  if ('const' in schema && schema.const !== value) return [`${at}: not ${String(schema.const)}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${at}: not in enum`]
  if (schema.type && !isOf(schema.type, value)) return [`${at}: not ${schema.type}`]
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema
    return value >= minimum && value <= maximum ? [] : [`${at}: out of range`]
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema
    return value.flatMap((one, i) => misfits(document, items, one, `${at}/${i}`))
  }
  if (typeof value !== 'object' || value === null) return []
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name))
  const { additionalProperties: rest = {} } = schema
  return [
    ...missing.map((name) => `${at}/${name}: missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const known = schema.properties?.[name]
      if (!known && rest === false) return [`${at}/${name}: unknown`]
      return misfits(
        document,
        known ?? (rest === true || rest === false ? {} : rest),
        one,
        `${at}/${name}`,
      )
    }),
  ]
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'null') return value === null
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

test('the document is OpenAPI 3.1 and every reference in it leads somewhere', async () => {
  const document = await documentOf()
  expect(document.openapi).toMatch(/^3\.1\./)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, ref]) => ref,
  )
  expect(references.length).toBeGreaterThan(20)
  for (const reference of new Set(references)) {
    expect(document.components.schemas).toHaveProperty(reference?.split('/').at(-1) ?? '')
  }
})

test('what the server answers is what the document and the schemas say', async () => {
  const document = await documentOf()
  const token = await server.signIn('ada')
  const against = aVote({ subject: 'github.com/a/b#3', value: -1, reason: 'wrong' })
  const votes = [
    aVote(),
    aVote({ castAt: Date.now() + 1e9 }),
    aVote({ subject: 'github.com/a/b#2' }),
    against,
  ]
  const future = { votes: [aVote({ castAt: Date.now() + 1e9 })] }
  const subjects = ['github.com/numpy/numpy#45', 'github.com/a/b#9']
  const calls = [
    ['get', '/readyz', {}, undefined],
    ['get', '/v1/about', {}, AboutSchema],
    ['get', '/auth/session', { token }, undefined],
    ['get', '/auth/session', {}, ProblemSchema],
    ['get', '/auth/github', {}, ProblemSchema],
    ['post', '/auth/github', { body: {} }, ProblemSchema],
    ['post', '/auth/github/device/token', { body: {} }, ProblemSchema],
    ['get', '/v1/sessions', { token }, SessionsReplySchema],
    ['get', '/v1/sessions', {}, ProblemSchema],
    ['get', '/v1/me/export', { token }, PersonExportSchema],
    ['post', '/auth/local', { body: { login: 'ada' } }, SessionReplySchema],
    ['post', '/auth/local', { body: { login: '-' } }, ProblemSchema],
    ['post', '/v1/votes', { token, body: { votes } }, VotesReplySchema],
    [
      'get',
      `/v1/reasons?subject=${encodeURIComponent(against.subject)}`,
      { token },
      ReasonsReplySchema,
    ],
    ['get', '/v1/reasons', {}, ProblemSchema],
    ['post', '/v1/votes', { token, body: future }, ProblemSchema],
    ['post', '/v1/votes', { body: { votes } }, ProblemSchema],
    ['post', '/v1/scores', { body: { subjects } }, ScoresReplySchema],
    ['post', '/v1/scores', { token, body: { subjects } }, ScoresReplySchema],
    ['post', '/v1/scores', { body: { subjects: ['gitlab.com/a/b#1'] } }, ProblemSchema],
  ] as const
  for (const [method, path, asked, schema] of calls) {
    const { status, headers, body } = await server.ask(path, asked)
    const told = document.paths[path.replace(/\?.*/, '')]?.[method]?.responses[status]
    const content = told?.content?.[headers.get('content-type') ?? '']
    expect(content, `${method} ${path} ${status}`).toBeDefined()
    expect(misfits(document, content?.schema ?? {}, body), `${method} ${path} ${status}`).toEqual(
      [],
    )
    if (schema) v.parse(schema as v.GenericSchema, body)
  }
})

test('every door is described, and nothing else', async () => {
  const { paths } = await documentOf()
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  // Routes ask nothing of their context before they are called.
  const doors = routesOf({} as Context).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )
  expect(described.toSorted()).toEqual(doors.toSorted())
})

test('the document says what requests may look like', async () => {
  const { components } = await documentOf()
  const document = await documentOf()
  const vote = aVote()
  const { CastVotes = {} } = components.schemas
  expect(misfits(document, CastVotes, { votes: [vote] })).toEqual([])
  expect(misfits(document, CastVotes, { votes: [{ ...vote, weight: 1 }] })).not.toEqual([])
  expect(misfits(document, CastVotes, { votes: [{ ...vote, value: 2 }] })).not.toEqual([])
  const against = { ...vote, value: -1, reason: 'off-topic' }
  expect(misfits(document, CastVotes, { votes: [against] })).toEqual([])
  expect(misfits(document, CastVotes, { votes: [{ ...against, reason: 'x' }] })).not.toEqual([])
})
