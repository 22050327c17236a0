/** Signing in with GitHub, as a reader does it: agreeing, refusing, giving up, and what can go wrong. */
import type { BrowserContext, Page } from '@playwright/test'
import { openDatabase } from '../../server/db/open.ts'
import { faults } from './axe.ts'
import { expect, startServer, test as base } from './fixtures.ts'
import { workerOf } from './launch.ts'
import { askBackground, openOwnPage } from './own-pages.ts'
import { openGitHub, startGitHubServer } from './signed-in-with-github.ts'

type Hub = Awaited<ReturnType<typeof startServer>>

const test = base.extend<{ hub: Hub; options: Page }>({
  hub: async ({ forge }, use) => {
    forge.control.signIn('ashdibble')
    const hub = await startGitHubServer(forge)
    await use(hub)
    await hub.stop()
  },
  options: async ({ context, hub }, use) => {
    await askBackground(context, 'setServer', { address: hub.address })
    await use(await openOwnPage(context, 'options'))
  },
})

const section = (options: Page) => options.getByRole('region', { name: 'Sign-in' })
const said = (options: Page) => section(options).getByRole('status')

async function agree(context: BrowserContext, options: Page) {
  const github = await openGitHub(context, options)
  await github.getByRole('button', { name: /^Authorize/ }).click()
  await expect(section(options)).toContainText('Signed in as ashdibble.')
}

/** What axe finds wrong with the page, in both schemes. */
async function faultsInSchemes(options: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await options.emulateMedia({ colorScheme })
    for (const fault of await faults(options)) found.push(`${colorScheme}, ${fault}`)
  }
  return found
}

/** Everything that the extension's database holds, as text. */
async function kept(context: BrowserContext): Promise<string> {
  const worker = await workerOf(context)
  return worker.evaluate(async () => {
    const open = indexedDB.open('forgemoot')
    await new Promise((resolve) => (open.onsuccess = resolve))
    const all = open.result.transaction('facts').objectStore('facts').getAll()
    await new Promise((resolve) => (all.onsuccess = resolve))
    open.result.close()
    return JSON.stringify(all.result)
  })
}

/** Everything that a page's process holds in its scripts' memory, whichever world they are in, as text. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const parts: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return parts.join('')
}

test('who agrees is signed in, votes as themselves, and no secret gets out', async ({
  context,
  forge,
  hub,
  options,
  page,
}) => {
  const consoles: string[] = []
  for (const where of [context, await workerOf(context)])
    where.on('console', (message) => consoles.push(message.text()))
  await agree(context, options)
  await expect(said(options)).toHaveText('Signed in. Waiting votes are being sent.')
  const popup = await openOwnPage(context, 'popup')
  await expect(popup.getByText('ashdibble')).toBeVisible()

  await page.goto('https://github.com/moot/garden/issues')
  const row = page.locator('forgemoot-vote[data-slot="row"]').first()
  await row.getByRole('button', { name: 'Upvote', exact: true }).click()
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).outbox.waiting.length)
    .toBe(0)

  const [, token = ''] = /"token":"([\w-]{43})"/.exec(await kept(context)) ?? []
  expect(token).toHaveLength(43)
  const worker = await workerOf(context)
  // All that scripts of the page hold, and our content script in a world of its own beside them.
  await page.evaluate(() => Object.assign(window, { planted: 'found-in-the-heap' }))
  const heap = await heapOf(page)
  for (const known of ['found-in-the-heap', 'forgemoot:settled']) expect(heap).toContain(known)
  const seen = [
    heap,
    ...consoles,
    hub.printed(),
    await page.content(),
    await page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage, c: document.cookie }),
    ),
    await page.evaluate(async () => JSON.stringify(await indexedDB.databases())),
    // What a content script may read of the extension's.
    await worker.evaluate(async () => {
      const { local, session } = (
        globalThis as unknown as { chrome: typeof import('wxt/browser').browser }
      ).chrome.storage
      return JSON.stringify([await local.get(), await session.get()])
    }),
    await options.content(),
    await popup.content(),
    JSON.stringify(await askBackground(context, 'readStatus')),
  ].join('\n')
  expect(seen).toContain('listens on')
  expect(forge.oauth.secrets.size).toBeGreaterThan(1)
  for (const secret of [...forge.oauth.secrets, forge.oauth.app.secret, token])
    expect(seen.includes(secret)).toBe(false)
  // GitHub's token is nowhere in the browser, and worthless.
  for (const secret of forge.oauth.secrets) expect(await kept(context)).not.toContain(secret)
  await expect.poll(() => forge.oauth.tokens.size).toBe(0)
})

test('who refuses is told that nothing was changed, and may try again', async ({
  context,
  options,
}) => {
  const github = await openGitHub(context, options)
  await github.getByRole('button', { name: 'Cancel' }).click()
  await expect(said(options)).toHaveText('You did not allow it on GitHub. Nothing was changed.')
  await agree(context, options)
})

test('who closes the window is told that nothing was changed', async ({ context, options }) => {
  const github = await openGitHub(context, options)
  await expect(github.getByRole('button', { name: /^Authorize/ })).toBeVisible()
  await github.close()
  await expect(said(options)).toHaveText(/window was closed before you had agreed/)
  await agree(context, options)
})

test('an answer with another state is not believed', async ({ context, forge, options }) => {
  forge.control.oauth({ state: 'made-up' })
  const github = await openGitHub(context, options)
  await github.getByRole('button', { name: /^Authorize/ }).click()
  await expect(said(options)).toHaveText(/does not belong to what was asked/)
  await expect(section(options)).not.toContainText('Signed in as')
  expect([...forge.oauth.codes.values()].every(({ isUsed }) => !isUsed)).toBe(true)
})

test('a code that was used on the way signs nobody in', async ({ context, forge, options }) => {
  forge.control.oauth({ usedCodes: true })
  const github = await openGitHub(context, options)
  await github.getByRole('button', { name: /^Authorize/ }).click()
  await expect(said(options)).toHaveText(/This attempt is over: the code was used before/)
  await expect(section(options)).not.toContainText('Signed in as')
})

test('while GitHub is down for the server, that is what it says', async ({
  context,
  forge,
  options,
}) => {
  forge.control.oauth({ fault: 'down' })
  const github = await openGitHub(context, options)
  await github.getByRole('button', { name: /^Authorize/ }).click()
  await expect(said(options)).toHaveText(/GitHub cannot be reached from the server/)
})

test('a session that is over is noticed, and its reader can sign in again', async ({
  context,
  hub,
  options,
}) => {
  await agree(context, options)
  await hub.stop('SIGTERM')
  const db = await openDatabase({ url: `file:${hub.folder}/forgemoot.db` })
  await db.execute('UPDATE sessions SET expires_at = 1')
  db.close()
  await hub.start()
  await options.reload()
  await expect(options.getByRole('button', { name: 'Sign in with GitHub' })).toBeVisible()
  // Agreed once: GitHub does not ask again.
  await options.getByRole('button', { name: 'Sign in with GitHub' }).click()
  await expect(section(options)).toContainText('Signed in as ashdibble.')
})

test('a code works without a window, whatever becomes of the worker meanwhile', async ({
  context,
  forge,
  options,
}) => {
  forge.control.oauth({ interval: 1 })
  await options.getByRole('button', { name: 'Use a code instead' }).click()
  const code = await options.locator('strong.code').innerText()
  expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
  await expect(section(options)).toContainText('Enter it only on github.com')
  expect(await faultsInSchemes(options)).toEqual([])
  const cdp = await context.newCDPSession(options)
  await cdp.send('ServiceWorker.enable')
  await cdp.send('ServiceWorker.stopAllWorkers')
  await options.reload()
  await expect(options.locator('strong.code')).toHaveText(code)
  const opened = context.waitForEvent('page')
  await options.getByRole('link', { name: 'Open github.com' }).click()
  const github = await opened
  await github.getByLabel('User code').fill(code)
  await github.getByRole('button', { name: 'Continue' }).click()
  await github.getByRole('button', { name: /^Authorize/ }).click()
  await expect(section(options)).toContainText('Signed in as ashdibble.')
  await expect(said(options)).toHaveText('Signed in. Waiting votes are being sent.')
})

test('a code that is refused says so; one that is given up is forgotten', async ({
  context,
  forge,
  options,
}) => {
  forge.control.oauth({ interval: 1 })
  await options.getByRole('button', { name: 'Use a code instead' }).click()
  const code = await options.locator('strong.code').innerText()
  const github = await context.newPage()
  await github.goto('https://github.com/login/device')
  await github.getByLabel('User code').fill(code)
  await github.getByRole('button', { name: 'Continue' }).click()
  await github.getByRole('button', { name: 'Cancel' }).click()
  await expect(said(options)).toHaveText(/You did not allow it on GitHub/)
  await options.getByRole('button', { name: 'Use a code instead' }).click()
  await options.getByRole('button', { name: 'Cancel' }).click()
  await expect(options.getByRole('button', { name: 'Use a code instead' })).toBeVisible()
  expect(await kept(context)).not.toContain('userCode')
})

test('a reader sees their sessions, takes their data along, and is forgotten', async ({
  context,
  options,
}) => {
  await agree(context, options)
  const sessions = options.getByRole('region', { name: 'Where you are signed in' })
  await expect(sessions.getByText('This browser')).toBeVisible()
  await sessions.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(section(options)).not.toContainText('Signed in as')
  await options.getByRole('button', { name: 'Sign in with GitHub' }).click()
  await expect(section(options)).toContainText('Signed in as ashdibble.')

  const data = options.getByRole('region', { name: 'Your data on the server' })
  const saved = options.waitForEvent('download')
  await data.getByRole('button', { name: 'Export all of it' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^forgemoot-ashdibble-\d{4}-\d\d-\d\d\.json$/)
  await data.getByRole('button', { name: 'Delete all of it…' }).click()
  expect(await faultsInSchemes(options)).toEqual([])
  await data.getByRole('button', { name: 'Yes, delete all of it' }).click()
  await expect(data).toContainText('The server has forgotten you.')
  await expect(section(options)).not.toContainText('Signed in as')
})

test('whoever hosts opens the printed address, clicks, and people sign in', async ({
  context,
  forge,
  page,
}) => {
  forge.control.signIn('ashdibble')
  const hub = await startServer({ FORGE_PORT: String(forge.port) })
  await askBackground(context, 'setServer', { address: hub.address })
  await askBackground(context, 'signIn', { way: 'local', login: 'anybody' })
  const [setUp = ''] = /http\S+\/setup\?token=\S+/.exec(hub.printed()) ?? []
  await page.goto(setUp)
  await page.getByRole('button', { name: 'Make the app on GitHub' }).click()
  await page.getByRole('button', { name: /^Create GitHub App/ }).click()
  await expect(
    page.getByRole('heading', { name: 'Signing in with GitHub is set up' }),
  ).toBeVisible()
  expect(new URL(page.url()).origin).toBe(hub.address)
  await expect
    .poll(async () => (await fetch(`${hub.address}/v1/about`).catch(() => undefined))?.json(), {
      timeout: 20_000,
    })
    .toMatchObject({ auth: ['github', 'github-device'] })
  // The app's keys are secrets as well.
  for (const secret of forge.oauth.secrets) expect(hub.printed()).not.toContain(secret)

  const options = await openOwnPage(context, 'options')
  await expect(section(options)).not.toContainText('anybody')
  await agree(context, options)
  await hub.stop()
})
