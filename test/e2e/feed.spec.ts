/** A whole repository by value, in place of the page's list and leaving it untouched. */
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import type { SessionReply } from '#shared/api/sign-in'
import { valueOf } from '#shared/score'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { askerOf, aVote } from '../../server/testing.ts'
import { faults, faultsInThemes } from './axe.ts'
import { expect, startServer, test } from './fixtures.ts'
import { plantGarden } from './garden.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, openOwnPage, signIn } from './own-pages.ts'
import { scrollThrough } from './scroll-through.ts'
import { showFeed } from './show-feed.ts'
import { difference, movedNodes, rememberNodes, settle, treeOf } from './page-tree.ts'
import { serverScore } from './vote-rows.ts'

const LIST = `${GITHUB}/moot/garden/issues`

let server: Awaited<ReturnType<typeof startServer>>
let items: ItemFacts[]

test.beforeAll(async () => {
  server = await startServer()
  await server.stop('SIGTERM')
  items = await plantGarden(path.join(server.folder, 'forgemoot.db'))
  await server.start()
})

test.afterAll(() => server.stop())

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

const sort = (page: Page) => page.locator('forgemoot-sort')
const feed = (page: Page) => page.locator('forgemoot-feed')
const rows = (page: Page) => feed(page).getByRole('listitem')

async function openFeed(page: Page, context: BrowserContext, address = LIST) {
  await askBackground(context, 'setServer', { address: server.address })
  await page.goto(address)
  await settle(page)
  await expect(page.locator('forgemoot-vote[data-slot="row"]').first()).toBeVisible()
  await showFeed(page)
}

/** Numbers by the plain formula, best first. */
function byValue(wanted: (item: ItemFacts) => boolean): number[] {
  const nothing = { up: 0, down: 0 }
  return items
    .filter(wanted)
    .map(({ number, reactions }) => ({
      number,
      value: valueOf({ contributors: nothing, others: nothing, reactions: reactions ?? {} }),
    }))
    .toSorted((a, b) => b.value - a.value || b.number - a.number)
    .map(({ number }) => number)
}

const numbersShown = (page: Page) =>
  rows(page).evaluateAll((all) =>
    all.map((row) => Number(/#(\d+) opened/.exec(row.textContent ?? '')?.[1])),
  )

test('all issues by value, however far one scrolls, with little of it in the document', async ({
  page,
  context,
}) => {
  test.slow()
  await openFeed(page, context, `${LIST}?q=is%3Aissue`)
  const expected = byValue(({ kind }) => kind === 'issue')
  expect(expected).toHaveLength(1700)
  const seen = new Map<number, number>()
  let most = 0
  const look = async () => {
    const shown = await rows(page).evaluateAll((all) =>
      all.map((row) => [
        Number(row.getAttribute('aria-posinset')),
        Number(/#(\d+) opened/.exec(row.textContent ?? '')?.[1]),
      ]),
    )
    most = Math.max(most, shown.length)
    for (const [place = 0, number = 0] of shown) {
      expect(seen.get(place) ?? number).toBe(number)
      seen.set(place, number)
    }
  }
  const end = feed(page).getByRole('status')
  await expect(async () => {
    await look()
    await page.mouse.wheel(0, 2000)
    await expect(end).toHaveText(`That is all: ${expected.length}.`, { timeout: 100 })
  }).toPass({ timeout: 60_000, intervals: [50] })
  await end.scrollIntoViewIfNeeded()
  // What a slow browser scrolled past between two looks is found on the way back.
  await expect(async () => {
    await look()
    if (seen.size < expected.length) await page.mouse.wheel(0, -1000)
    expect(seen.size).toBe(expected.length)
  }).toPass({ timeout: 60_000, intervals: [50] })
  expect([...seen].toSorted(([a], [b]) => a - b).map(([, number]) => number)).toEqual(expected)
  expect(most).toBeLessThan(150)
})

test('however far one leaps, few rows come in one frame and few are there', async ({
  page,
  context,
}, { annotations }) => {
  test.slow()
  await openFeed(page, context, `${LIST}?q=is%3Aissue`)
  const expected = byValue(({ kind }) => kind === 'issue')
  await page.mouse.move(1, 1)
  for (const [step, last] of [
    [400, expected.length],
    [-5000, 1],
    [200_000, expected.length],
    [-200_000, 1],
  ] as const) {
    const { rows: most, added, longTasks } = await page.evaluate(scrollThrough, step)
    expect(most).toBeLessThan(150)
    expect(added).toBeLessThanOrEqual(30)
    // How long tasks take is for `npm run bench` to measure.
    annotations.push({ type: `long tasks, ${step} a frame`, description: String(longTasks) })
    const row = feed(page).locator(`[aria-posinset="${last}"]`)
    await expect(row).toBeInViewport()
    await expect(row).toContainText(`#${expected[last - 1]} opened`)
  }
})

test('the page’s own list is untouched while it is out of sight, and as before afterwards', async ({
  page,
  context,
}) => {
  await askBackground(context, 'setServer', { address: server.address })
  await page.goto(LIST)
  await settle(page)
  await expect(page.locator('forgemoot-vote[data-slot="row"]').first()).toBeVisible()
  const before = await treeOf(page, 'all')
  await rememberNodes(page)
  await showFeed(page)
  await page.mouse.move(1, 1)
  await expect(page.locator('[data-forgemoot-replaced]')).toBeHidden()
  expect(await movedNodes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(feed(page)).toHaveCount(0)
  await expect.poll(async () => difference(before, await treeOf(page, 'all'))).toBeUndefined()
  expect(await movedNodes(page)).toEqual([])
  await expect(sort(page).getByRole('button', { name: 'Sort', exact: true })).toBeFocused()
  await showFeed(page)
  await feed(page).getByRole('button', { name: 'Back to GitHub’s list' }).click()
  await expect(feed(page)).toHaveCount(0)
  await page.mouse.move(1, 1)
  await expect.poll(async () => difference(before, await treeOf(page, 'all'))).toBeUndefined()
  expect(await forgeErrors(page)).toEqual([])
})

test('follows the page’s query where it can, and says where it cannot', async ({
  page,
  context,
}) => {
  const query = 'is:issue is:closed label:bug'
  await openFeed(page, context, `${LIST}?q=${encodeURIComponent(query)}`)
  const wanted = ({ kind, state, labels }: ItemFacts) =>
    kind === 'issue' && state === 'closed' && labels.some(({ name }) => name === 'bug')
  const expected = byValue(wanted)
  expect((await numbersShown(page)).slice(0, 20)).toEqual(expected.slice(0, 20))
  await expect(feed(page).getByText(/^Not filtered/)).toHaveCount(0)

  const { title = '', author } = items.find(({ number }) => number === expected[3]) ?? {}
  const byAuthor = `${query} author:${author?.login}`
  await openFeed(page, context, `${LIST}?q=${encodeURIComponent(byAuthor)}`)
  const theirs = byValue((item) => wanted(item) && item.author?.login === author?.login)
  expect((await numbersShown(page)).slice(0, 20)).toEqual(theirs.slice(0, 20))

  // Words of the title and what only GitHub knows: the page follows them, a feed cannot, and says so.
  const left = `in:title ${title.split(' ')[0]}`
  await openFeed(page, context, `${LIST}?q=${encodeURIComponent(`${query} ${left}`)}`)
  await expect(feed(page).getByText(`Not filtered by ${left}`)).toBeVisible()
  expect((await numbersShown(page)).slice(0, 20)).toEqual(expected.slice(0, 20))
})

test('by keyboard one goes through more rows than are drawn, and stays where one is', async ({
  page,
  context,
}) => {
  test.slow()
  await openFeed(page, context, `${LIST}?q=is%3Aissue`)
  await rows(page).first().getByRole('link').first().focus()
  const at = () =>
    page.evaluate(() => {
      const inner = document.querySelector('forgemoot-feed')?.shadowRoot?.activeElement
      return Number(inner?.closest('[role="listitem"]')?.getAttribute('aria-posinset'))
    })
  const places = [await at()]
  for (let presses = 0; presses < 300 && (places.at(-1) ?? 0) < 71; presses++) {
    await page.keyboard.press('Tab')
    const place = await at()
    if (place !== places.at(-1)) places.push(place)
  }
  expect(places).toEqual(Array.from({ length: 71 }, (_, i) => i + 1))
  expect(await rows(page).count()).toBeLessThan(150)
  const row = feed(page).locator('[aria-posinset="71"]')
  await expect(row).toBeInViewport()
  // Whoever reads on by mouse does not lose the keyboard's place.
  await page.evaluate(scrollThrough, 20_000)
  await expect(row).not.toBeInViewport()
  expect(await rows(page).count()).toBeLessThan(150)
  expect(await at()).toBe(71)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  expect(await at()).toBe(70)
  await expect(feed(page).locator('[aria-posinset="70"]')).toBeInViewport()
})

test('other orders, a vote that stays, and a server that is gone', async ({ page, context }) => {
  await signIn(context, server.address, 'feed-voter')
  await openFeed(page, context)
  const first = rows(page).first()
  const subject = String(await first.locator('forgemoot-vote').getAttribute('data-subject'))
  await first.getByRole('button', { name: 'Upvote' }).click()
  await expect(first.getByRole('button', { name: 'Upvote' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect.poll(async () => (await serverScore(server.address, subject))?.up).toBe(1)
  await feed(page).getByRole('combobox', { name: 'Order' }).selectOption('new')
  const newest = items
    .filter(({ kind, state }) => kind === 'issue' && state === 'open')
    .toSorted((a, b) => b.openedAt - a.openedAt || b.number - a.number)
  await expect
    .poll(async () => (await numbersShown(page)).slice(0, 10))
    .toEqual(newest.slice(0, 10).map(({ number }) => number))
  await server.stop('SIGTERM')
  await feed(page).getByRole('combobox', { name: 'Order' }).selectOption('top')
  await expect(feed(page).getByRole('status')).toContainText('cannot be reached')
  await server.start()
  await feed(page).getByRole('button', { name: 'Try again' }).click()
  await expect(rows(page).first()).toBeVisible()
})

test('axe finds nothing in a feed, in five themes', async ({ page, context }) => {
  await openFeed(page, context)
  const wrong = await faultsInThemes(page, ['forgemoot-feed'], (theme) =>
    page.screenshot({ path: `test-results/feed-${theme}.png` }),
  )
  expect(wrong).toEqual([])
})

/** Somebody else's vote, from another browser. */
async function voteFromOutside(subject: string) {
  const ask = askerOf(server.address)
  const { body } = await ask('/auth/local', { body: { login: 'somebody-else' } })
  const votes = [aVote({ subject })]
  const { status } = await ask('/v1/votes', {
    token: (body as SessionReply).token,
    body: { votes },
  })
  expect(status).toBe(200)
}

test('titles with markup and marks of direction are text in feed and popup', async ({
  page,
  context,
}) => {
  const hostile = /<img|<script|\u202e|\u200b/
  const written = items
    .filter(({ kind, state, title }) => kind === 'issue' && state === 'open' && hostile.test(title))
    .slice(0, 4)
  expect(new Set(written.map(({ title }) => hostile.exec(title)?.[0])).size).toBeGreaterThan(2)
  for (const { number } of written) await voteFromOutside(`github.com/moot/garden#${number}`)
  page.on('dialog', () => expect('a dialog').toBe('never opened'))

  await openFeed(page, context)
  await feed(page).getByRole('combobox', { name: 'Order' }).selectOption('hot')
  const titleOf = (number: number) =>
    rows(page)
      .filter({ hasText: `#${number} opened` })
      .getByRole('link')
  for (const { number, title } of written) {
    expect(await titleOf(number).textContent()).toBe(title)
    await expect(titleOf(number)).toHaveCSS('unicode-bidi', 'isolate')
    await expect(titleOf(number).locator('*')).toHaveCount(0)
  }

  const popup = await openOwnPage(context, 'popup')
  const section = popup.getByRole('region', { name: 'What deserves attention now' })
  for (const { number, title } of written) {
    const link = section.locator(`a[href="${LIST}/${number}"]`)
    expect(await link.textContent()).toBe(title)
    await expect(link.locator('> bdi')).toHaveCount(1)
    await expect(link.locator('*')).toHaveCount(1)
  }
  await popup.close()
})

test('the popup says what deserves attention where the reader looks, and what they are there', async ({
  page,
  context,
}) => {
  await signIn(context, server.address, 'popup-reader')
  const row = page.locator('forgemoot-vote[data-slot="row"]').last()
  await page.goto(`${GITHUB}/moot/pond/issues`)
  await expect(row).toBeVisible()
  // Of what nobody has voted on in this other repository, one is voted on now.
  const voted = String(await row.getAttribute('data-subject'))
  await voteFromOutside(voted)
  await page.goto(LIST)
  await expect(row).toBeVisible()
  const best = items.find(({ number }) => number === byValue(({ state }) => state === 'open')[0])
  // A repository is followed once something of it was seen.
  await expect(async () => {
    const popup = await openOwnPage(context, 'popup')
    const section = popup.getByRole('region', { name: 'What deserves attention now' })
    await expect(section).toBeVisible({ timeout: 1000 })
    await expect(
      section
        .getByRole('link')
        .filter({ hasText: best?.title ?? '' })
        .first(),
    ).toBeVisible()
    const places = await section.getByRole('listitem').allInnerTexts()
    expect(places.slice(0, 2).join()).toContain(`${voted.slice('github.com/'.length)} ·`)
    expect(places.join()).toContain('moot/garden#')
    const address = `${GITHUB}/moot/pond/issues/${voted.split('#')[1]}`
    await expect(section.locator(`a[href="${address}"]`)).toBeVisible()
    for (const name of ['garden', 'pond'])
      await expect(section.getByText(`moot/${name} yet: it is still being imported`)).toBeVisible()
    expect(await faults(popup)).toEqual([])
    await popup.setViewportSize({ width: 380, height: 700 })
    await popup.screenshot({ path: 'test-results/popup-attention.png' })
    await popup.close()
  }).toPass()
})
