import type { ApiSettings } from '../settings.ts'

export type Resource = 'core' | 'search'

export interface Limit {
  limit: number
  remaining: number
  used: number
  /** Unix seconds. */
  reset: number
  resource: Resource
}

interface Window {
  used: number
  reset: number
}

/** Counts requests per caller, as GitHub does: an hour for the core, a minute for search. */
export interface Limits {
  /** The state of a caller's limit; `count` takes one request from it if one is left. */
  look(caller: string, resource: Resource): Limit
  count(caller: string, resource: Resource): void
  clear(): void
}

export function limitsOf(
  settings: ApiSettings,
  seconds = () => Math.floor(Date.now() / 1000),
): Limits {
  const windows = new Map<string, Window>()
  const windowOf = (caller: string, resource: Resource): Window => {
    const key = `${caller} ${resource}`
    const known = windows.get(key)
    if (known && known.reset > seconds()) return known
    const fresh = { used: 0, reset: seconds() + (resource === 'core' ? 3600 : 60) }
    windows.set(key, fresh)
    return fresh
  }
  return {
    look(caller, resource) {
      const { used, reset } = windowOf(caller, resource)
      const limit = limitOf(caller, resource)
      const remaining = settings.left[resource] ?? Math.max(0, limit - used)
      return { limit, remaining, used: limit - remaining, reset: settings.reset ?? reset, resource }
    },
    count(caller, resource) {
      windowOf(caller, resource).used++
      const left = settings.left[resource]
      if (left !== undefined) settings.left[resource] = Math.max(0, left - 1)
    },
    clear: () => windows.clear(),
  }
}

function limitOf(caller: string, resource: Resource): number {
  if (caller === 'anonymous') return resource === 'core' ? 60 : 10
  return resource === 'core' ? 5000 : 30
}
