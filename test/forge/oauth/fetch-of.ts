import { setTimeout as wait } from 'node:timers/promises'
import type { Oauth } from './oauth.ts'

/** A `fetch` that reaches the stand-in without a network, and nothing else. */
export function fetchOf(oauth: Oauth): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input))
    const reply = oauth.answer({
      host: url.hostname,
      method: init?.method ?? 'GET',
      url,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : '',
    })
    if (oauth.settings.fault === 'silent') {
      await wait(120_000, undefined, { signal: init?.signal ?? undefined, ref: false })
    }
    if (!reply || reply === 'down') throw new TypeError('fetch failed')
    const { status, headers, body } = reply
    return new Response(status === 204 ? null : body, { status, headers })
  }
}
