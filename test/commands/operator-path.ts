/**
 * What README promises whoever hosts a server, as a newcomer: from a clone, by the commands that stand there
 * and no others, to a server with a repository of twenty thousand items, and somebody who signed in with
 * GitHub and reads it by value. GitHub is the stand-in. Says how long each step took.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { FeedReply } from '#shared/api/feed'
import type { DeviceReply, SessionReply } from '#shared/api/sign-in'
import { askerOf } from '../../server/testing.ts'
import { startSigningForge } from '../forge/signing-rest.ts'
import { ROOT, run } from './run.ts'

const forge = await startSigningForge()
const host = new URL(forge.url).host
const folder = mkdtempSync(path.join(tmpdir(), 'forgemoot-operator-'))
const cwd = path.join(folder, 'forgemoot')
const env = {
  ...process.env,
  npm_config_cache: path.join(folder, 'npm-cache'),
  PORT: '0',
  FORGEMOOT_GITHUB_URL: forge.url,
  FORGEMOOT_GITHUB_API_URL: forge.url,
  FORGEMOOT_GITHUB_CLIENT_ID: forge.app.clientId,
  FORGEMOOT_GITHUB_CLIENT_SECRET: forge.app.secret,
  FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
}
const began = Date.now()
let stop: (() => void) | undefined
try {
  await step('clone', () => succeed('git', ['clone', '-q', ROOT, cwd], ROOT))
  await step('npm run import (and what it installs first)', () =>
    succeed('npm', ['run', '-s', 'import', '--', `${host}/moot/meadow`], cwd),
  )
  const address = await step('npm run server', serve)
  const token = await step('sign in with GitHub', () => signIn(address))
  await step('read the repository by value', () => readFeed(address, token))
  console.log(`from clone to there in ${seconds(began)}`)
} finally {
  stop?.()
  await forge.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function step<Result>(name: string, take: () => Promise<Result>): Promise<Result> {
  const start = Date.now()
  const result = await take()
  console.log(`✓ ${name} (${seconds(start)})`)
  return result
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}

async function succeed(program: string, args: string[], from: string) {
  const code = await run(program, args, { cwd: from, env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
}

async function serve(): Promise<string> {
  const child = spawn('npm', ['run', '-s', 'server'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stop = () => child.kill('SIGTERM')
  const line = String((await once(createInterface(child.stdout), 'line'))[0])
  const address = /http:\S+/.exec(line)?.[0]
  if (address === undefined) throw new Error(`the server said: ${line}`)
  return address
}

/** With a code, which a person enters on GitHub's page. */
async function signIn(address: string): Promise<string> {
  const ask = askerOf(address)
  const { handle, userCode, interval } = (await ask('/auth/github/device', { body: {} }))
    .body as DeviceReply
  await forge.enter('ashdibble', userCode)
  for (;;) {
    await new Promise((done) => setTimeout(done, interval + 100))
    const { status, body } = await ask('/auth/github/device/token', { body: { handle } })
    if (status === 200) return (body as SessionReply).token
    if (status !== 202) throw new Error(`signing in was refused: ${JSON.stringify(body)}`)
  }
}

async function readFeed(address: string, token: string) {
  const ask = askerOf(address)
  const { body } = await ask(`/v1/feed?repo=${host}/moot/meadow&limit=100&sort=value`, { token })
  const { items } = body as Partial<FeedReply>
  if (items?.length !== 100) throw new Error(`the feed is ${JSON.stringify(body).slice(0, 200)}`)
}
