import type { IncomingHttpHeaders } from 'node:http'
import { request as send } from 'node:https'

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Asks a running forge for a page or an API resource, as a browser with a mapped host would. */
export function ask(
  port: number,
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answered> {
  const { host, pathname, search } = new URL(address)
  return new Promise((resolve, reject) => {
    const request = send(
      {
        port,
        host: '127.0.0.1',
        path: pathname + search,
        method,
        headers: { ...headers, host },
        rejectUnauthorized: false,
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (part: string) => (body += part))
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
        })
      },
    )
    request.on('error', reject).end()
  })
}
