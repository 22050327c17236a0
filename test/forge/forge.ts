import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { apiReply } from './api/api-reply.ts'
import { limitsOf } from './api/limits.ts'
import { clientBundle, stylesheet } from './bundle.ts'
import { makeCertificate } from './certificate.ts'
import { answerCode } from './code/code-api.ts'
import type { Code } from './code/code.ts'
import { gardenCode } from './code/garden-code.ts'
import { controlOf, type ForgeControl, type ForgeRequest } from './control.ts'
import { type Oauth, oauthOf } from './oauth/oauth.ts'
import { htmlReply, type Reply } from './reply.ts'
import { defaultSettings, type ForgeDelays } from './settings.ts'
import type { RestQuestion } from './rest.ts'
import { siteReply } from './site.ts'
import { seedWorld } from './world/seed.ts'

export type { ForgeControl, ForgeRequest } from './control.ts'

export interface Forge {
  /** `https://127.0.0.1:PORT`; the host asked for decides what answers. */
  url: string
  port: number
  /** Every request to the API since the start or `resetRequests`. */
  requests: ForgeRequest[]
  control: ForgeControl
  /** Signing in, apps and their tokens. */
  oauth: Oauth
  /** The code of `moot/garden`, as a real Git repository. */
  code(): Code
  close(): Promise<void>
}

export interface ForgeOptions {
  /** A free port by default. */
  port?: number
  /** A login; nobody is signed in by default. */
  signedIn?: string
  delays?: Partial<ForgeDelays>
}

/** Starts github.com and api.github.com as one HTTPS server on the loopback. */
export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  const [certificate, script, style] = await Promise.all([
    makeCertificate(),
    clientBundle(),
    stylesheet(),
  ])
  const world = seedWorld()
  const settings = defaultSettings()
  settings.signedIn = options.signedIn ?? null
  Object.assign(settings.delays, options.delays)
  const limits = limitsOf(settings.api)
  const requests: ForgeRequest[] = []
  const oauth = oauthOf(world, settings)
  const code = gardenCode(world)

  let isCoded = false

  /** What is about code; nobody but a server asks for that, and says who it is. */
  const codeReply = (question: RestQuestion) => {
    if (!question.headers.authorization?.endsWith('forge-token-forgemoot')) return undefined
    if (
      !/^\/(?:repos\/moot\/garden\/(?:git|contents|compare|pulls|commits|check-runs)(?:\/|$)|users\/)/.test(
        question.url.pathname,
      )
    ) {
      return undefined
    }
    isCoded = true
    return answerCode(code(), world, question)
  }

  const answerSite = async (request: IncomingMessage, url: URL): Promise<Reply> => {
    if (url.pathname === '/assets/forge.js') return asset(script, 'text/javascript')
    if (url.pathname === '/assets/forge.css') return asset(style, 'text/css')
    if (url.pathname === '/_forge/secondary') await wait(settings.delays.secondary)
    const wantsJson = request.headers.accept === 'application/json'
    return siteReply({ world, settings, url, wantsJson, cookies: request.headers.cookie ?? '' })
  }

  const answerApi = async (
    request: IncomingMessage,
    url: URL,
    body: string,
  ): Promise<Reply | undefined> => {
    const { method = 'GET', headers } = request
    const down = settings.api.down
    if (!down) await wait(settings.api.delay)
    const { failing } = settings.api
    const reply = down
      ? undefined
      : (codeReply({ method, url, headers, body }) ??
        apiReply({ world, limits, failing, method, url, headers }))
    const seen = Object.entries(headers).map(([name, value]) => [name, String(value)])
    const path = url.pathname + url.search
    requests.push({
      method,
      host: url.host,
      path,
      headers: Object.fromEntries(seen),
      status: reply?.status ?? 0,
    })
    return reply
  }

  /** What belongs to signing in; undefined for everything else. */
  const answerOauth = (request: IncomingMessage, host: string, url: URL, body: string) => {
    const { method = 'GET', headers } = request
    return oauth.answer({ host, method, url, headers, body })
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const url = new URL(request.url ?? '/', `https://${host || 'unknown'}`)
    let body = ''
    if (request.method !== 'GET') for await (const part of request) body += String(part)
    const signIn = answerOauth(request, host, url, body)
    // Never to be answered, or not at all.
    if (signIn === 'down' && oauth.settings.fault === 'silent') return
    if (signIn === 'down') return void request.socket.destroy()
    const reply =
      signIn ??
      (host === 'api.github.com'
        ? await answerApi(request, url, body)
        : host === 'github.com'
          ? await answerSite(request, url)
          : htmlReply('no such host', 404))
    if (!reply) return request.destroy()
    response.writeHead(reply.status, reply.headers).end(request.method === 'HEAD' ? '' : reply.body)
  }

  const server = createServer(certificate, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    })
  })
  const port = await listen(server, options.port ?? 0)
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    requests,
    control: controlOf(world, settings, limits, requests, oauth),
    oauth,
    code,
    async close() {
      await close(server)
      if (isCoded) code().git.remove()
    },
  }
}

function asset(body: string, type: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' },
    body,
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
