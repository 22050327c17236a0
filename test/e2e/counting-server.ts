/** A server that says of comments what a test wants contributors to have said. Nobody can sign in. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ReasonsReply } from '../../shared/api/scores.ts'
import { unvoted, valueOf } from '../../shared/score.ts'

export interface CountingServer {
  address: string
  /** Contributors' votes by the last part of a subject's id. */
  votes: Map<string, { up: number; down: number }>
  /** Why people are against anything; undefined when it is a server that knows no reasons. */
  reasons: Pick<ReasonsReply, 'contributors' | 'others'> | undefined
  /** Paths of all requests. */
  asked: string[]
  close(): Promise<void>
}

export async function startCountingServer(): Promise<CountingServer> {
  const votes: CountingServer['votes'] = new Map()
  const asked: string[] = []
  const own: Pick<CountingServer, 'reasons'> = { reasons: undefined }
  const scoreOf = (subject: string) => {
    const contributors = votes.get(subject.split('/').at(-1) ?? '') ?? { up: 0, down: 0 }
    const evidence = { ...unvoted(), contributors }
    return { ...evidence, value: valueOf(evidence) }
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    const answer = (value: unknown) =>
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(value))
    if (request.method === 'OPTIONS') return response.writeHead(204, headers).end()
    const path = request.url ?? ''
    asked.push(path)
    if (path === '/v1/about')
      return answer({
        name: 'forgemoot',
        version: '0.1.0',
        contract: 1,
        forges: ['github.com'],
        auth: ['github'],
        orders: [],
        reasons: own.reasons !== undefined,
      })
    if (own.reasons && path.startsWith('/v1/reasons?'))
      return answer({ subject: '', ...own.reasons, mine: null })
    if (path === '/v1/scores') {
      const { subjects } = JSON.parse(body) as { subjects: string[] }
      return answer({ scores: Object.fromEntries(subjects.map((each) => [each, scoreOf(each)])) })
    }
    return response.writeHead(404, headers).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return Object.assign(own, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    votes,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
