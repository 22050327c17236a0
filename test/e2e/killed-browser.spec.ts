/** A browser that ends, however it ends, delivers what it kept when it comes back: each vote once. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@libsql/client'
import type { BrowserContext } from '@playwright/test'
import { expect, startServer, test, until } from './fixtures.ts'
import { launch } from './launch.ts'
import { openOwnPage, signIn, waiting } from './own-pages.ts'
import { known, LIST, rowWidget, serverScore, up } from './vote-rows.ts'

/** Ends a browser as a power cut would: on Linux its profile says which process it is. */
async function killBrowser(context: BrowserContext, profile: string) {
  const pid = Number(/-(\d+)$/.exec(readlinkSync(path.join(profile, 'SingletonLock')))?.[1])
  const gone = context.waitForEvent('close')
  process.kill(pid, 'SIGKILL')
  await gone
}

for (const how of ['closed', 'killed'] as const)
  test(`a browser that is ${how} with votes in its outbox delivers them when it comes back`, async ({
    forge,
    server,
  }) => {
    test.skip(
      how === 'killed' && process.platform !== 'linux',
      'the process is found on Linux only',
    )
    const profile = mkdtempSync(path.join(tmpdir(), 'forgemoot-profile-'))
    try {
      let context = await launch({ forgePort: forge.port, profile })
      await signIn(context, server.address, 'ada')
      await server.stop('SIGKILL')
      const page = await context.newPage()
      await page.goto(LIST)
      await known(page)
      const subject = (await rowWidget(page).getAttribute('data-subject')) ?? ''
      await up(page).click()
      await until(async () => (await waiting(context)) === 1)
      if (how === 'closed') await context.close()
      else await killBrowser(context, profile)

      await server.start()
      context = await launch({ forgePort: forge.port, profile })
      await until(async () => (await serverScore(server.address, subject))?.up === 1, 20_000)
      expect((await serverScore(server.address, subject))?.up).toBe(1)
      await context.close()
    } finally {
      rmSync(profile, { recursive: true, force: true })
    }
  })

/** Keeps a server busy with the votes of somebody else, until it is told to end. */
async function keepBusy(address: string) {
  const post = async (path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const request = {
      method: 'POST',
      headers: token ? headers : { 'content-type': headers['content-type'] },
    }
    return (await fetch(address + path, { ...request, body: JSON.stringify(body) })).json()
  }
  const { token } = (await post('/auth/local', { login: 'grace' })) as { token: string }
  const over = new AbortController()
  const write = async () => {
    for (let number = 1; !over.signal.aborted; number = (number % 500) + 1) {
      const subject = `github.com/moot/other#${number}`
      const vote = { id: randomUUID(), subject, value: 1, castAt: Date.now() }
      await post('/v1/votes', { votes: [vote] }, token)
    }
  }
  const writing = Promise.all(Array.from({ length: 8 }, write))
  return {
    async end() {
      over.abort()
      await writing
    },
  }
}

/** Collects the ids of votes as soon as the extension says that they are kept and wait for a receipt. */
async function collectKept(context: BrowserContext, kept: Map<string, string>) {
  const popup = await openOwnPage(context, 'popup')
  await popup.exposeFunction('keep', (votes: { id: string; subject: string }[]) => {
    for (const { id, subject } of votes) kept.set(id, subject)
  })
  await popup.evaluate(() => {
    const own = globalThis as unknown as {
      chrome: typeof import('wxt/browser').browser
      keep(votes: unknown[]): void
    }
    const look = async () => {
      const { answer } = (await own.chrome.runtime.sendMessage({ call: 'readStatus' })) as {
        answer: { outbox: { waiting: unknown[] } }
      }
      if (answer.outbox.waiting.length) own.keep(answer.outbox.waiting)
      setTimeout(look, 5)
    }
    void look()
  })
}

/** The log of a server that was stopped, by whom it is and what about. */
async function readLog(folder: string, login: string) {
  const db = createClient({ url: `file:${path.join(folder, 'forgemoot.db')}` })
  const { rows } = await db.execute({
    sql: `SELECT lower(hex(l.id)) AS id, l.subject_id AS subject, l.value FROM log l
      JOIN persons p ON p.id = l.person_id WHERE p.login = ?`,
    args: [login],
  })
  db.close()
  return rows.map(({ id, subject, value }) => ({ id, subject, value }))
}

test('a browser killed at moments of chance, its votes in flight to a busy server: what was kept arrives once', async ({
  forge,
}) => {
  test.skip(process.platform !== 'linux', 'the process is found on Linux only')
  const profile = mkdtempSync(path.join(tmpdir(), 'forgemoot-profile-'))
  const server = await startServer()
  const load = await keepBusy(server.address)
  const kept = new Map<string, string>()
  const ROUNDS = 3
  const EACH = 6
  try {
    let context = await launch({ forgePort: forge.port, profile })
    await signIn(context, server.address, 'ada')
    for (let round = 0; round < ROUNDS; round++) {
      const page = await context.newPage()
      await page.goto(LIST)
      await known(page, round * EACH)
      await collectKept(context, kept)
      const before = kept.size
      // Once it takes what is sent and answers nothing: stored, perhaps, and certainly not heard of.
      const isMute = round === 1
      if (isMute) server.signal('SIGSTOP')
      const clicking = (async () => {
        for (let row = 0; row < EACH; row++) await up(page, round * EACH + row).click()
      })().catch(() => 'the browser is gone')
      await until(async () => kept.size > before)
      await page.waitForTimeout(Math.random() * 400)
      await killBrowser(context, profile)
      await clicking
      if (isMute) server.signal('SIGCONT')
      context = await launch({ forgePort: forge.port, profile })
    }
    await until(async () => (await waiting(context)) === 0, 20_000)
    const page = await context.newPage()
    await page.goto(LIST)
    for (const subject of kept.values()) {
      const widget = page.locator(`forgemoot-vote[data-slot="row"][data-subject="${subject}"]`)
      const button = widget.getByRole('button', { name: 'Upvote' })
      await expect(button).toHaveAttribute('aria-pressed', 'true')
      expect(await serverScore(server.address, subject)).toMatchObject({ up: 1, down: 0 })
    }
    await context.close()
    await load.end()
    await server.stop('SIGTERM')
    const entries = await readLog(server.folder, 'ada')
    expect(kept.size).toBeGreaterThanOrEqual(ROUNDS)
    expect(entries.map(({ id }) => id)).toEqual(
      expect.arrayContaining([...kept.keys()].map((id) => id.replaceAll('-', ''))),
    )
    // One entry for each click that was taken, and none twice, under another id either.
    expect(new Set(entries.map(({ subject }) => subject)).size).toBe(entries.length)
    expect(entries.map(({ value }) => value)).toEqual(entries.map(() => 1))
  } finally {
    server.signal('SIGCONT')
    await load.end()
    await server.stop()
    rmSync(profile, { recursive: true, force: true })
  }
})
