/**
 * One request to GitHub's API and its answer, whatever it is below 500. For what decides or does something:
 * there it matters what was asked when, so nothing is repeated here and nothing is remembered.
 */
import { ForgeRefusal, ForgeSilence } from '../forge.ts'
import { textOf } from './body.ts'
import { waitOf } from './wait.ts'

export interface Sent {
  status: number
  /** Undefined when there is none, or it is no JSON. */
  json: unknown
}

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** After the API's address, with a slash before it. */
  path: string
  body?: unknown
  /** What the request is let in by. */
  token: string | undefined
}

export interface SendSettings {
  /** The API's address, without a slash at the end. */
  api: string
  fetch: typeof fetch
  now(): number
}

export type Send = (request: Request) => Promise<Sent>

/** How long an answer may take, in milliseconds. */
const PATIENCE = 15_000

export function sendTo({ api, fetch, now }: SendSettings): Send {
  return async ({ method, path, body, token }) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'forgemoot',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A renamed repository is asked for by its new name after the next import; nothing is done by an old one.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: unknown) => {
      throw new ForgeSilence(
        isTimeout(error) ? 'GitHub did not answer in time.' : 'GitHub cannot be reached.',
      )
    })
    const { status, headers } = response
    const text = await textOf(response).catch(() => {
      throw new ForgeSilence('GitHub’s answer broke off.')
    })
    if (status >= 500) throw new ForgeSilence(`GitHub has a problem of its own (${status}).`)
    if (status === 401)
      throw new ForgeRefusal('GitHub does not accept what this server is let in by.')
    if (isLimited(status, headers, text)) {
      const { milliseconds, limit } = waitOf({ limited: { status, headers, text } }, 1, now())
      const seconds = Math.ceil(milliseconds / 1000)
      throw new ForgeSilence(
        `GitHub’s ${limit} limit is spent, for ${seconds} seconds more.`,
        milliseconds,
      )
    }
    return { status, json: parsed(text) }
  }
}

const isTimeout = (error: unknown) =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')

const isLimited = (status: number, headers: Headers, text: string) =>
  status === 429 ||
  (status === 403 &&
    (headers.get('x-ratelimit-remaining') === '0' ||
      headers.has('retry-after') ||
      /rate limit/i.test(text)))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
