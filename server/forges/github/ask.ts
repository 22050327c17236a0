/**
 * Asks GitHub's API, patiently: what may pass is asked again. The primary limit says when it ends. The
 * secondary one says how long to wait or means a minute, then two, and so on.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
import { ForgeRefusal, ForgeSilence, type Reading } from '../forge.ts'
import { parsedJson, textOf } from './body.ts'
import { type Obstacle, type Wait, waitOf } from './wait.ts'

export interface AskSettings {
  /** The API's address, without a slash at the end. */
  api: string
  token: string | undefined
  fetch: typeof fetch
  /** Epoch milliseconds. */
  now(): number
  /** Rejects with the signal's reason when that ends it. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export interface ApiAnswer {
  /** 200, 304, 404, 409, 410 or 451; the rest is dealt with here. */
  status: number
  json: unknown
  etag: string | null
  link: string | null
}

export type Ask = (address: string, etag: string | null, reading: Reading) => Promise<ApiAnswer>

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000
/** How often a fault, or a limit, may follow another. */
const FAULTS = 6
const REDIRECTS = 3
/** A limit that is to last longer than this is no limit but a refusal. */
const LONGEST_WAIT = 2 * 3_600_000

const USABLE = new Set([200, 304, 404, 409, 410, 451])

export function askGitHub({ api, token, fetch, now, sleep }: AskSettings): Ask {
  const base = new URL(api)

  return async (address, etag, reading) => {
    for (let faults = 0; ;) {
      const answer = await tried(address, etag, reading.signal)
      if ('status' in answer) return answer
      faults++
      const wait = waitOf(answer, faults, now())
      if (faults >= FAULTS || wait.milliseconds > LONGEST_WAIT) throw silence(wait)
      const isLimit = wait.limit !== undefined
      if (isLimit) await reading.onWait(now() + wait.milliseconds)
      await sleep(wait.milliseconds, reading.signal)
      if (isLimit) await reading.onWait(null)
    }
  }

  /** One attempt: an answer, or what got in its way. */
  async function tried(
    address: string,
    etag: string | null,
    signal: AbortSignal,
  ): Promise<ApiAnswer | Obstacle> {
    try {
      return await followed(address, etag, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ForgeRefusal) throw error
      return { fault: error instanceof Error ? error.name : 'unknown' }
    }
  }

  async function followed(
    address: string,
    etag: string | null,
    signal: AbortSignal,
  ): Promise<ApiAnswer | Obstacle> {
    let at = ownAddress(base, address)
    for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
      const response = await fetch(at, {
        headers: headersFor(token, etag),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      })
      const { status, headers } = response
      const location = headers.get('location')
      if (status >= 300 && status < 400 && location !== null) {
        await response.body?.cancel()
        at = ownAddress(base, new URL(location, at).href)
        continue
      }
      return read(response)
    }
    throw new ForgeRefusal('GitHub’s API sends us in circles.')
  }
}

async function read(response: Response): Promise<ApiAnswer | Obstacle> {
  const { status, headers } = response
  const text = await textOf(response)
  if (status === 401) {
    throw new ForgeRefusal('GitHub does not accept the token. Set another FORGEMOOT_GITHUB_TOKEN.')
  }
  const limited = { status, headers, text }
  if (status === 403 || status === 429) {
    if (isLimit(limited)) return { limited }
    throw new ForgeRefusal('GitHub does not let us read this. Does the token have the right to?')
  }
  if (!USABLE.has(status)) {
    if (status >= 500) return { fault: `status ${status}` }
    throw new ForgeRefusal(`GitHub’s API answered with status ${status}.`)
  }
  const json = status === 200 ? parsedJson(text) : undefined
  return { status, json, etag: headers.get('etag'), link: headers.get('link') }
}

function isLimit({ status, headers, text }: { status: number; headers: Headers; text: string }) {
  return (
    status === 429 ||
    headers.get('x-ratelimit-remaining') === '0' ||
    headers.has('retry-after') ||
    /rate limit/i.test(text)
  )
}

const headersFor = (token: string | undefined, etag: string | null) => ({
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'forgemoot',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(etag !== null && { 'if-none-match': etag }),
})

/** An address of the API itself: neither links nor redirects may lead the token, or us, elsewhere. */
function ownAddress(base: URL, address: string): string {
  const url = new URL(address)
  const inside = base.pathname === '/' || url.pathname.startsWith(`${base.pathname}/`)
  if (url.origin === base.origin && inside && !url.username && !url.password) return url.href
  throw new ForgeRefusal('GitHub’s API leads to another place than itself.')
}

function silence({ limit, milliseconds }: Wait) {
  if (limit === undefined) {
    return new ForgeSilence('GitHub’s API does not answer as it should. Try again later.')
  }
  const minutes = Math.ceil(milliseconds / 60_000)
  return new ForgeSilence(
    `GitHub’s ${limit} limit is spent, for ${minutes} minutes more. Try again then.`,
  )
}
