/**
 * GitHub's published description of its API as the referee: what we, or others, make up in its place has
 * to have the shape that GitHub says its answers have.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'

type Method = 'get' | 'put' | 'post' | 'patch'

export interface Referee {
  /** Where a body is not what GitHub says it answers at `path`, as `/repos/{owner}/{repo}`, with a status. */
  misfits(path: string, status: number, body: unknown, method?: Method): string[]
}

const FILE = '@octokit/openapi/generated/api.github.com.json'

/** Reads the description, which takes half a second. */
export function openReferee(): Referee {
  const document = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(FILE), 'utf8'),
  ) as object
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, inlineRefs: false })
  ajv.addSchema({ $id: 'github', ...(withNull(document) as object) })
  const known = new Map<string, ValidateFunction>()

  function validatorOf(path: string, status: number, method: Method): ValidateFunction {
    const steps = ['paths', path, method, 'responses', String(status)]
    const place = contentOf(document, steps)
    const found = known.get(place) ?? ajv.compile({ $ref: `github#${place}` })
    known.set(place, found)
    return found
  }

  return {
    misfits(path, status, body, method = 'get') {
      const validate = validatorOf(path, status, method)
      validate(body)
      return (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath} ${message}`,
      )
    },
  }
}

/** Where the schema of a response's body stands, as a JSON pointer. */
function contentOf(document: object, steps: string[]): string {
  const response = steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown>)?.[step],
    document,
  )
  const { $ref } = (response ?? {}) as { $ref?: string }
  if (!response) throw new Error(`GitHub describes no ${steps.join(' ')}`)
  const at = $ref ? $ref.slice(1) : steps.map((step) => `/${escaped(step)}`).join('')
  return `${at}/content/application~1json/schema`
}

const escaped = (step: string) =>
  encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type. */
function withNull(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNull)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, withNull(value)]),
  )
  if (nullable !== true) return typeof nullable === 'object' ? { ...rest, nullable } : rest
  if (typeof rest['type'] !== 'string') return { anyOf: [{ type: 'null' }, rest] }
  const values = rest['enum']
  return {
    ...rest,
    type: [rest['type'], 'null'],
    ...(Array.isArray(values) && { enum: [...values, null] }),
  }
}
