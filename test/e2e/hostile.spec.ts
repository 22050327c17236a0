/** A page that lies, presses buttons by script and tampers gets no vote, no token and no markup in. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB, shownRows } from './github-pages.ts'
import { workerOf } from './launch.ts'
import { askBackground, openOwnPage } from './own-pages.ts'
import { sortButton } from './sort-menu.ts'

const HOSTILE = `${GITHUB}/moot/garden/issues?forge-form=hostile`
const LIST = `${GITHUB}/moot/garden/issues`

const rows = (page: Page) => page.locator('forgemoot-vote[data-slot="row"]')
const up = (page: Page, index: number) =>
  rows(page).nth(index).getByRole('button', { name: 'Upvote' })

declare global {
  interface Window {
    /** What a hostile page's script can do. */
    __forge: { forgeClicks(): number; forgeSubjects(): number }
    pwned: unknown
    caught: unknown[]
  }
}

async function open(page: Page, address: string) {
  await page.goto(address)
  await expect(rows(page)).toHaveCount(25)
  await expect(page.locator('forgemoot-vote[data-slot="row"] [data-score=""]')).toHaveCount(0)
}

const votesOf = async (context: BrowserContext) =>
  (await askBackground(context, 'exportVotes')).votes.map(({ subject, value }) => ({
    subject,
    value,
  }))

/** The subjects that the page's own links name, by row. */
const trueSubjects = async (page: Page) =>
  (await shownRows(page)).filter(({ widgets }) => widgets.length > 0).map((row) => row.expected)

const pressed = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('[data-forgemoot-own]')].filter((widget) =>
        widget.shadowRoot?.querySelector('[aria-pressed="true"]'),
      ).length,
  )

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

test('no script of the page casts a vote or opens the menu, whatever events it makes', async ({
  context,
  page,
}) => {
  page.on('dialog', () => expect('a dialog of the page').toBe('never opened'))
  await open(page, HOSTILE)
  const alike = await page.locator('.forge-hostile').innerHTML()
  expect(await page.evaluate(() => window.__forge.forgeClicks())).toBeGreaterThan(50)
  await page.getByRole('button', { name: 'Press their buttons' }).click()
  await page.getByRole('button', { name: '▲ 999' }).first().click()
  await page.waitForTimeout(500)
  expect(await pressed(page)).toBe(0)
  await expect(page.getByRole('menu')).toHaveCount(0)
  expect(await votesOf(context)).toEqual([])
  expect((await askBackground(context, 'readStatus')).outbox.waiting).toEqual([])
  expect(await page.locator('.forge-hostile').innerHTML()).toBe(alike)
  expect(await forgeErrors(page)).toEqual([])
})

test("a person's click votes on what the row names, whatever the page wrote on our element", async ({
  context,
  page,
}) => {
  await open(page, HOSTILE)
  const subjects = await trueSubjects(page)
  expect(await page.evaluate(() => window.__forge.forgeSubjects())).toBeGreaterThan(20)
  await up(page, 0).click()
  await expect.poll(() => votesOf(context)).toEqual([{ subject: subjects[0], value: 1 }])
  // By a script of the page between the press and the release of the button, too.
  await page.evaluate(() =>
    addEventListener('pointerdown', () => window.__forge.forgeSubjects(), { capture: true }),
  )
  await up(page, 1).click()
  await expect
    .poll(async () => (await votesOf(context)).map(({ subject }) => subject).toSorted())
    .toEqual(subjects.slice(0, 2).toSorted())
})

test('a page that takes our widgets away gets them back at its next change, and no endless fight', async ({
  page,
}) => {
  await open(page, LIST)
  const added = await page.evaluate(async () => {
    let count = 0
    const remove = () => {
      for (const each of document.querySelectorAll('forgemoot-vote, forgemoot-sort')) each.remove()
    }
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.nodeName.startsWith('FORGEMOOT')) count += 1
      remove()
    })
    observer.observe(document.body, { subtree: true, childList: true })
    remove()
    for (let time = 0; time < 10; time++) {
      document.body.append(document.createElement('i'))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    observer.disconnect()
    return count
  })
  // Ten changes of the page, 28 widgets and the sort bar: what comes back, comes once for each.
  expect(added).toBeLessThanOrEqual(11 * 29)
  await page.evaluate(() => document.body.append(document.createElement('i')))
  await expect(rows(page)).toHaveCount(25)
  await expect(page.locator('forgemoot-sort')).toHaveCount(1)
  await up(page, 3).click()
  await expect(up(page, 3)).toHaveAttribute('aria-pressed', 'true')
  expect(await forgeErrors(page)).toEqual([])
})

test('elements of the page that carry our names and attributes stay, and get nothing', async ({
  page,
}) => {
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const box = document.createElement('div')
      box.id = 'theirs'
      for (const name of ['data-forgemoot-own', 'data-forgemoot', 'data-forgemoot-arranged'])
        for (const tag of ['div', 'section', 'ul']) {
          const element = document.createElement(tag)
          element.setAttribute(name, 'list')
          element.textContent = `${tag} of the page`
          box.append(element)
        }
      document.body.prepend(box)
    })
  })
  await open(page, LIST)
  await sortButton(page).click()
  await page.getByRole('menuitemradio', { name: 'Value' }).click()
  const theirs = page.locator('#theirs')
  await expect(theirs.locator('> *')).toHaveCount(9)
  await expect(theirs.locator('forgemoot-vote, forgemoot-sort, [style]')).toHaveCount(0)
  expect(await forgeErrors(page)).toEqual([])
})

test('a page that patches its own world sees no shadow root and changes no vote', async ({
  context,
  page,
}) => {
  await page.addInitScript(() => {
    const caught: unknown[] = (window.caught = [])
    const { attachShadow } = Element.prototype
    Element.prototype.attachShadow = function (init) {
      if (this.localName.startsWith('forgemoot-')) caught.push('attachShadow')
      return attachShadow.call(this, init)
    }
    const { addEventListener } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (this: EventTarget, type, ...rest) {
      if (this instanceof Element && this.localName.startsWith('forgemoot-')) caught.push(type)
      return addEventListener.call(this, type, ...rest)
    }
    crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000'
    Date.now = () => 0
    const { keys } = Object
    Object.keys = (value: object) => (value instanceof Node ? [] : keys(value))
    window.CustomEvent = class extends Event {} as unknown as typeof CustomEvent
  })
  await page.goto(LIST).catch(() => undefined)
  await expect(rows(page)).toHaveCount(25, { timeout: 10_000 })
  const [first, second] = await trueSubjects(page)
  await up(page, 0).click()
  await up(page, 1).click()
  await expect
    .poll(async () => (await votesOf(context)).map(({ subject }) => subject).toSorted())
    .toEqual([first, second].toSorted())
  const { votes } = await askBackground(context, 'exportVotes')
  expect(new Set(votes.map(({ id }) => id)).size).toBe(2)
  for (const { castAt } of votes) expect(Math.abs(castAt - Date.now())).toBeLessThan(60_000)
  expect(await page.evaluate(() => window.caught)).toEqual([])
})

test('what a page says of itself reaches the options page as text only', async ({
  context,
  page,
}) => {
  const markup = '<img src=x onerror="window.pwned=1"><b>bold</b>'
  await open(page, HOSTILE)
  await page.evaluate((name) => {
    document.querySelector('react-app')?.setAttribute('app-name', name)
    document.querySelector('meta[name="user-login"]')?.setAttribute('content', name)
  }, markup)
  await up(page, 0).click()
  await expect(up(page, 0)).toHaveAttribute('aria-pressed', 'true')
  const subjects = await trueSubjects(page)
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).selfChecks.length, {
      timeout: 10_000,
    })
    .toBeGreaterThan(0)
  for (const name of ['options', 'popup'] as const) {
    const own = await openOwnPage(context, name)
    if (name === 'options') {
      await expect(own.getByText(markup)).toBeVisible()
      await expect(own.getByText(subjects[0] ?? 'none').first()).toBeVisible()
    }
    await expect(own.locator('main b, main img[src="x"]')).toHaveCount(0)
    expect(await own.evaluate(() => window.pwned)).toBeUndefined()
    await own.close()
  }
})

test('a session stays with the background: in no storage or answer that a content script has', async ({
  context,
  page,
  server,
}) => {
  const options = await openOwnPage(context, 'options')
  await options.getByLabel(/address/i).fill(server.address)
  await options.getByRole('button', { name: 'Save' }).first().click()
  await options.getByLabel('Login').fill('grace')
  await options.getByRole('button', { name: 'Sign in' }).click()
  await expect(options.getByText('Signed in as')).toBeVisible()
  const forgeToken = `ghp_${'F0rgem00t'.repeat(4)}`
  await askBackground(context, 'setForgeToken', { token: forgeToken })
  const tokens = [...(await sessionTokens(options)), forgeToken]
  expect(tokens.length).toBeGreaterThan(1)

  const cdp = await context.newCDPSession(page)
  const world = await contentWorld(cdp, () => open(page, LIST))
  await up(page, 0).click()
  await expect.poll(async () => (await votesOf(context)).length).toBe(1)
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).outbox.waiting.length)
    .toBe(0)

  const stored = await (
    await workerOf(context)
  ).evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: typeof import('wxt/browser').browser })
      .chrome
    return JSON.stringify([await storage.local.get(null), await storage.session.get(null)])
  })
  const [subject] = await trueSubjects(page)
  const calls = {
    readScores: { subjects: [subject], viewer: 'ashdibble' },
    castVote: { id: crypto.randomUUID(), subject, value: -1, castAt: Date.now() },
    chooseOrder: { list: 'issues', order: 'top' },
    ...Object.fromEntries(OWN.map((call) => [call, undefined])),
    signIn: { way: 'local', login: 'mallory' },
    setServer: { address: 'http://127.0.0.1:1' },
    setForgeToken: { token: 'x' },
    importVotes: { text: '{}' },
  }
  const answers: Record<string, unknown> = {}
  for (const [call, payload] of Object.entries(calls))
    answers[call] = await askIn(cdp, world, { call, payload })
  for (const token of tokens) {
    expect(stored).not.toContain(token)
    expect(JSON.stringify(answers)).not.toContain(token)
    expect(await page.content()).not.toContain(token)
  }
  expect(answers['readScores']).toHaveProperty('answer')
  for (const call of OWN) expect(answers[call], call).toHaveProperty('problem.type')
  const status = await askBackground(context, 'readStatus')
  expect([status.person, status.server.address]).toEqual(['grace', server.address])
})

/** Calls that only the extension's own pages may make. */
const OWN = [
  'readStatus',
  'setServer',
  'signIn',
  'signOut',
  'setForgeToken',
  'sendOutbox',
  'exportVotes',
  'importVotes',
]

/** Every session's token out of the extension's database, as its own pages could read it. */
function sessionTokens(own: Page): Promise<string[]> {
  return own.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    const found: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames)
        found.push(await wait(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    return [...JSON.stringify(found).matchAll(/"token":"([^"]+)"/g)].flatMap(([, token]) =>
      token === undefined ? [] : [token],
    )
  })
}

/** The world of our content script in the page that `load` shows. */
async function contentWorld(cdp: CDPSession, load: () => Promise<void>): Promise<number> {
  const worlds = new Map<number, string>()
  cdp.on('Runtime.executionContextCreated', ({ context }) =>
    worlds.set(context.id, `${context.name} ${context.origin}`),
  )
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    worlds.delete(executionContextId),
  )
  await cdp.send('Runtime.enable')
  await load()
  const [world] = [...worlds].find(([, name]) => /chrome-extension:/.test(name)) ?? []
  if (world === undefined) throw new Error(`no content script in ${[...worlds.values()].join()}`)
  return world
}

/** What the background answers a content script. */
async function askIn(cdp: CDPSession, contextId: number, message: unknown): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    contextId,
    expression: `chrome.runtime.sendMessage(${JSON.stringify(message)})`,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.text)
  return result.value
}
