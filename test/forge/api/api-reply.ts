import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { jsonReply, type Reply } from '../reply.ts'
import type { World } from '../world/world.ts'
import { ApiError, Moved } from './api-error.ts'
import { answer } from './endpoints.ts'
import type { Limit, Limits, Resource } from './limits.ts'

export interface ApiContext {
  world: World
  limits: Limits
  /** Answers 500 to everything. */
  failing: boolean
  method: string
  url: URL
  headers: IncomingHttpHeaders
}

const exposed =
  'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset'
const allowed =
  'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-Github-Next-Global-ID, X-GitHub-Api-Version'

/** Answers a request to api.github.com with GitHub's limits, entity tags and CORS headers. */
export function apiReply(context: ApiContext): Reply {
  const reply = context.method === 'OPTIONS' ? preflight() : limited(context)
  return {
    ...reply,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': exposed,
      'x-github-media-type': 'github.v3; format=json',
      'x-content-type-options': 'nosniff',
      ...reply.headers,
    },
  }
}

function preflight(): Reply {
  const headers = {
    'access-control-allow-headers': allowed,
    'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
    'access-control-max-age': '86400',
  }
  return { status: 204, headers, body: '' }
}

function limited(context: ApiContext): Reply {
  const { limits, url, headers } = context
  const caller = callerOf(headers.authorization)
  const resource: Resource = url.pathname.startsWith('/search/') ? 'search' : 'core'
  const free = url.pathname === '/rate_limit'
  if (caller === undefined) return refusal(new ApiError(401, 'Bad credentials'), {})
  if (context.failing) return refusal(new ApiError(500, 'Server Error'), {})
  if (!free && limits.look(caller, resource).remaining === 0) {
    const limit = limits.look(caller, resource)
    return refusal(new ApiError(403, spentMessage(caller, limit)), limitHeaders(limit))
  }
  const reply = conditional(context, caller)
  // An unchanged answer is free, but only for those who say who they are.
  const unchanged = reply.status === 304 && caller !== 'anonymous'
  if (!free && !unchanged) limits.count(caller, resource)
  const now = limitHeaders(limits.look(caller, resource))
  return { ...reply, headers: { ...reply.headers, ...now } }
}

function conditional(context: ApiContext, caller: string): Reply {
  const viewer = caller === 'anonymous' ? null : caller
  try {
    const { value, headers } = answer(context, viewer)
    const reply = jsonReply(value)
    const hash = createHash('sha256').update(`${caller}\n${reply.body}`).digest('hex')
    const etag = `W/"${hash}"`
    const cache = `${viewer ? 'private' : 'public'}, max-age=60, s-maxage=60`
    const vary =
      'Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With'
    const all = { ...reply.headers, ...headers, etag, 'cache-control': cache, vary }
    const known = context.headers['if-none-match']?.split(/,\s*/) ?? []
    if (known.includes(etag))
      return { status: 304, headers: { etag, 'cache-control': cache, vary }, body: '' }
    return { ...reply, headers: all }
  } catch (error) {
    if (error instanceof ApiError) return refusal(error, {})
    if (error instanceof Moved) return redirect(error)
    throw error
  }
}

/** `anonymous`, a login, or nothing when the token is not one of ours. */
function callerOf(authorization: string | undefined): string | undefined {
  if (!authorization) return 'anonymous'
  return /^(?:bearer|token) forge-token-([\w-]+)$/i.exec(authorization)?.[1]
}

function refusal({ status, message, errors }: ApiError, headers: Record<string, string>): Reply {
  const documentation_url = 'https://docs.github.com/rest'
  const body = { message, ...(errors && { errors }), documentation_url, status: String(status) }
  const reply = jsonReply(body, status)
  return { ...reply, headers: { ...reply.headers, ...headers } }
}

function redirect({ message, path }: Moved): Reply {
  const location = `https://api.github.com${path}`
  const documentation_url =
    'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects'
  const reply = jsonReply({ message, url: location, documentation_url }, 301)
  return { ...reply, headers: { ...reply.headers, location } }
}

function spentMessage(caller: string, { resource }: Limit): string {
  if (caller !== 'anonymous')
    return `API rate limit exceeded for user ID ${caller}. If you reach out to GitHub Support for help, please include the request ID. (${resource})`
  return "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)"
}

function limitHeaders(limit: Limit): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit.limit),
    'x-ratelimit-remaining': String(limit.remaining),
    'x-ratelimit-used': String(limit.used),
    'x-ratelimit-reset': String(limit.reset),
    'x-ratelimit-resource': limit.resource,
  }
}
