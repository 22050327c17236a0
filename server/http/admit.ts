/**
 * Who may ask at all. A browser sends `Origin` with whatever a page makes it send that could change something,
 * and pages have no business here, only extensions do. And as long as anybody on this machine may pick a login,
 * the request must have been meant for this machine: a page can give its own name our address (DNS rebinding),
 * but not our name.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { isLoopback } from '../loopback.ts'

type Asking = [headers: IncomingHttpHeaders, method: string, auth: Context['auth']]

const EXTENSION = /^(?:chrome|moz|safari-web)-extension:\/\/[\w.-]+$/i

/** Whether an origin is a browser extension's. A web page can have none of these. */
export const isExtension = (origin: string) => EXTENSION.test(origin)

/** Refuses who may not ask. */
export function admit(...asking: Asking): void {
  const why = whyNot(...asking)
  if (why !== undefined) throw new Problem('forbidden', why)
}

export const isAdmitted = (...asking: Asking): boolean => whyNot(...asking) === undefined

function whyNot({ origin, host }: IncomingHttpHeaders, method: string, auth: Context['auth']) {
  if (origin !== undefined && !isExtension(origin) && method !== 'GET') {
    return 'Web pages may not write here, only the extension may.'
  }
  if (auth === 'local' && host !== undefined && !isLoopback(host)) {
    return 'This server answers on this machine only, by its own name.'
  }
  return undefined
}
