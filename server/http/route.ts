import type { Context as Call } from 'hono'

/** A door of the server. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  answer(call: Call): Response | Promise<Response>
}
