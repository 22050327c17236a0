/** Nothing on GitHub's page moves because of us: not when widgets come, nor scores, nor an order. */
import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'
import { launch } from './launch.ts'
import { settle } from './page-tree.ts'
import { sortButton } from './sort-menu.ts'

const REACT = '/moot/garden/issues'
const SEEN = [
  REACT,
  '/moot/garden/pulls',
  '/pulls',
  '/moot/garden/issues/100',
  '/moot/garden/pull/1868',
]

interface Shift {
  value: number
  at: number
  moved: string[]
}

/** Counts shifts from the first byte on, also those that follow a click and would be forgiven. */
async function watched(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1200, height: 900 })
  await page.addInitScript(() => {
    interface LayoutShift extends PerformanceEntry {
      value: number
      sources: { node: Node | null }[]
    }
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(({ node }) =>
          node instanceof Element ? `${node.localName}.${node.className}` : String(node?.nodeName),
        )
        shifts.push({ value: entry.value, at: entry.startTime, moved })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return page
}

/** What was seen to shift since the last time this was asked, once more frames were painted. */
function shifts(page: Page): Promise<Shift[]> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    // Layout is done, and shifts, while the browser still holds back what it has not painted yet.
    const [firstPaint] = performance.getEntriesByName('first-paint')
    const isSeen = ({ at }: Shift) => firstPaint !== undefined && at > firstPaint.startTime
    return (window as unknown as { shifts: Shift[] }).shifts.splice(0).filter(isSeen)
  })
}

const sum = (all: Shift[]) => all.reduce((total, { value }) => total + value, 0)

async function visit(page: Page, path: string, hasWidgets: boolean): Promise<Shift[]> {
  await page.goto(GITHUB + path)
  if (hasWidgets) {
    await expect(page.locator('forgemoot-vote').first()).toBeVisible()
    // Pinned issues that the list's own search does not name may stay unknown, and GitHub's API tells no
    // reactions of reviews.
    const unknown = page.locator(
      'forgemoot-vote:not([data-slot="pin"], [data-subject*="/pullrequestreview-"]) [data-score=""]',
    )
    await expect(unknown).toHaveCount(0, { timeout: 10_000 })
  }
  await settle(page)
  return shifts(page)
}

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

test('no page shifts more than it does without us, with React and scores late', async ({
  context,
  forge,
}) => {
  forge.control.delays({ hydration: 1500, secondary: 300 })
  forge.control.api({ delay: 700 })
  const bare = await launch({ forgePort: forge.port, bare: true })
  const [without, withUs] = [await watched(bare), await watched(context)]
  const added: Record<string, unknown> = {}
  for (const path of SEEN) {
    const [before, after] = await Promise.all([
      visit(without, path, false),
      visit(withUs, path, true),
    ])
    if (sum(after) - sum(before) > 0) added[path] = { before, after }
  }
  await bare.close()
  expect(added).toEqual({})
})

test('on a phone no list or header shifts either', async ({ context, forge }) => {
  // What the page's second query brings shifts its own rows there, more or less as they are wrapped.
  forge.control.delays({ secondary: 30_000 })
  const bare = await launch({ forgePort: forge.port, bare: true })
  const [without, withUs] = [await watched(bare), await watched(context)]
  const added: Record<string, unknown> = {}
  for (const page of [without, withUs]) await page.setViewportSize({ width: 375, height: 800 })
  for (const path of SEEN) {
    const [before, after] = await Promise.all([
      visit(without, path, false),
      visit(withUs, path, true),
    ])
    if (sum(after) - sum(before) > 0) added[path] = { before, after }
  }
  await bare.close()
  expect(added).toEqual({})
})

test('voting, its tooltip and the menu shift nothing of the page', async ({ context }) => {
  const page = await watched(context)
  await visit(page, REACT, true)
  const row = page.locator('forgemoot-vote[data-slot="row"]').nth(1)
  // A node in a shadow tree is not told: the tooltip, which grows by what it says of the own vote.
  const ofThePage = async () =>
    (await shifts(page)).filter(({ moved }) => moved.some((name) => name !== 'undefined'))
  for (const name of ['Upvote', 'Upvote', 'Downvote']) {
    await row.getByRole('button', { name }).click()
    expect(await ofThePage()).toEqual([])
  }
  await sortButton(page).click()
  expect(await ofThePage()).toEqual([])
})

test('a list that was sorted comes back in its order without a shift', async ({
  context,
  forge,
}) => {
  const page = await watched(context)
  await visit(page, REACT, true)
  await sortButton(page).click()
  await page.getByRole('menuitemradio', { name: 'Value' }).click()
  // Rows whose second query is not answered yet: what that brings is the page's own shift.
  forge.control.delays({ secondary: 30_000 })
  for (const hydration of [0, 1500]) {
    forge.control.delays({ hydration })
    const visits: Shift[][] = []
    for (let time = 0; time < 3; time += 1) {
      visits.push(await visit(page, REACT, true))
      await expect(page.locator('[data-forgemoot-arranged]')).toHaveCount(1)
    }
    // A browser that is short of time may paint before it has read what this device knows.
    const [, median] = visits.toSorted((a, b) => sum(a) - sum(b))
    expect(median, `hydration ${hydration}`).toEqual([])
  }
})
