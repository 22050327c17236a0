import { createVerify, generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { tokenFor } from './app-token.ts'
import type { Request, Sent } from './send.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = {
  appId: 77,
  privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
}
const repository = {
  host: 'github.com',
  forgeId: 42,
  owner: 'moot',
  name: 'plot',
  defaultBranch: 'main',
}

let sent: Request[]
let time: number
let answers: Record<string, Sent>

beforeEach(() => {
  sent = []
  time = Date.parse('2026-11-24T12:00:00Z')
  answers = {
    'GET /repos/moot/plot/installation': { status: 200, json: { id: 5 } },
    'POST /app/installations/5/access_tokens': {
      status: 201,
      json: { token: 'ghs_secret', expires_at: '2026-11-24T13:00:00Z' },
    },
  }
})

const make = (app: typeof keys | undefined = keys, token?: string) =>
  tokenFor(
    (request) => {
      sent.push(request)
      return Promise.resolve(
        answers[`${request.method} ${request.path}`] ?? { status: 404, json: {} },
      )
    },
    { app: () => app, token, now: () => time },
  )

describe('what lets the server in to a repository', () => {
  it('is what the operator gave where there is no app', async () => {
    const letIn = tokenFor(() => Promise.reject(new Error('not asked')), {
      app: () => undefined,
      token: 'theirs',
      now: () => time,
    })
    expect(await letIn(repository)).toBe('theirs')
  })

  it('is a token of the installation for this repository alone, asked for by the app’s signature', async () => {
    expect(await make()(repository)).toBe('ghs_secret')
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/repos/moot/plot/installation', undefined],
      ['POST', '/app/installations/5/access_tokens', { repository_ids: [42] }],
    ])
    for (const { token = '' } of sent) {
      const [head = '', claims = '', signature = ''] = token.split('.')
      const isTrue = createVerify('RSA-SHA256')
        .update(`${head}.${claims}`)
        .verify(publicKey, signature, 'base64url')
      expect(isTrue).toBe(true)
      const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
        string,
        unknown
      >
      expect({ iat, exp, iss }).toEqual({
        iat: time / 1000 - 60,
        exp: time / 1000 + 480,
        iss: '77',
      })
    }
  })

  it('is used until shortly before it ends, and then asked for again', async () => {
    const letIn = make()
    await letIn(repository)
    time += 54 * 60_000
    await letIn(repository)
    expect(sent).toHaveLength(2)
    time += 60_000
    await letIn(repository)
    expect(sent).toHaveLength(4)
  })

  it('is asked for again when the clock was put back: it may be over while it seems good for long', async () => {
    const letIn = make()
    await letIn(repository)
    time -= 24 * 3_600_000
    await letIn(repository)
    expect(sent).toHaveLength(4)
    time += 1000
    await letIn(repository)
    expect(sent).toHaveLength(4)
  })

  it('is refused in words where the app is not installed, or gets no token', async () => {
    answers = {}
    await expect(make()(repository)).rejects.toThrow('is not installed in the repository')
    answers['GET /repos/moot/plot/installation'] = { status: 200, json: { id: 5 } }
    await expect(make()(repository)).rejects.toThrow('does not let the app')
    answers['POST /app/installations/5/access_tokens'] = { status: 201, json: { token: 1 } }
    await expect(make()(repository)).rejects.toThrow('in no known way')
  })
})
