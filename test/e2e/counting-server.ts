/** A server that says of comments what a test wants contributors to have said. Nobody can sign in. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unvoted, valueOf } from '../../shared/score.ts'

export interface CountingServer {
  address: string
  /** Contributors' votes by the last part of a subject's id. */
  votes: Map<string, { up: number; down: number }>
  close(): Promise<void>
}

export async function startCountingServer(): Promise<CountingServer> {
  const votes: CountingServer['votes'] = new Map()
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
    if (request.url === '/v1/about')
      return answer({
        name: 'forgemoot',
        version: '0.1.0',
        contract: 1,
        forges: ['github.com'],
        auth: ['github'],
        orders: [],
      })
    if (request.url === '/v1/scores') {
      const { subjects } = JSON.parse(body) as { subjects: string[] }
      return answer({ scores: Object.fromEntries(subjects.map((each) => [each, scoreOf(each)])) })
    }
    return response.writeHead(404, headers).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    votes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
