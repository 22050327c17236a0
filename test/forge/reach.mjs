/**
 * For a server in a process of its own (`--import`): github.com and its API are the stand-in at
 * FORGE_PORT. Everything else is as it was. Plain JavaScript, since nothing reads TypeScript yet when it is loaded.
 */
import { request } from 'node:https'

const port = Number(process.env.FORGE_PORT)
const beyond = globalThis.fetch

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  return /^(?:api\.)?github\.com$/.test(url.hostname) ? reach(url, init) : beyond(input, init)
}

function reach(url, init = {}) {
  const body = typeof init.body === 'string' ? init.body : ''
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: url.pathname + url.search,
        method: init.method ?? 'GET',
        headers: {
          ...Object.fromEntries(new Headers(init.headers)),
          host: url.host,
          // Not every method has one by itself.
          'content-length': Buffer.byteLength(body),
        },
        rejectUnauthorized: false,
        ...(init.signal && { signal: init.signal }),
      },
      (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const status = answer.statusCode ?? 500
          const headers = new Headers()
          for (const [name, value] of Object.entries(answer.headers))
            headers.set(name, String(value))
          const body = status === 204 || status === 304 ? null : Buffer.concat(parts)
          resolve(new Response(body, { status, headers }))
        })
      },
    )
    sent.on('error', (cause) =>
      reject(init.signal?.reason ?? new TypeError('fetch failed', { cause })),
    )
    sent.end(body)
  })
}
