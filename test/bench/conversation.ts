/**
 * What a long conversation costs: showing it in another order and in that of time again, and our widgets at
 * its comments. Beside it, in turns in one run, the same page without the extension, whose comments are put
 * into another order with as little as that takes: one style each. Milliseconds of processor time of the
 * page's main thread, in which what else the machine does has no part.
 */
import { pathToFileURL } from 'node:url'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { launch, workerOf } from '../e2e/launch.ts'
import { startForge } from '../forge/forge.ts'
import { type Aim, type BenchResult, figureOf, tableOf } from './result.ts'
import { tasksOf } from './tasks-of.ts'

const ROUNDS = 11
const WARM_UP = 2
const COMMENTS = 300
const ISSUE = 'https://github.com/moot/garden/issues/200'

/** A frame's work must not be a long task. */
const FRAME: Aim = { of: 'value', is: 50 }

/** One visit. */
interface Visit {
  /** The longest task from the key press until the other order is painted, and all of them. */
  sorted: number
  sortedInAll: number
  /** The same for the order of time. */
  restored: number
  restoredInAll: number
  /** Script until all comments and what belongs to them are there. */
  script: number
}

export async function runConversationBench(): Promise<BenchResult[]> {
  const forge = await startForge()
  const bare = await launch({ forgePort: forge.port, bare: true })
  const ours = await launch({ forgePort: forge.port })
  await workerOf(ours)
  const visits = { bare: [] as Visit[], ours: [] as Visit[] }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const without = await visit(bare, { sort: placeComments, restore: placeNothing })
    const with_ = await visit(ours, { prepare: openMenu, sort: chooseValue, restore: backToTime })
    if (round < 0) continue
    visits.bare.push(without)
    visits.ours.push(with_)
  }
  for (const each of [bare, ours, forge]) await each.close()
  const figure = (what: string, key: keyof Visit, aim?: Aim): BenchResult => {
    const [ours = [], limits = []] = [visits.ours, visits.bare].map((side) =>
      side.map((one) => one[key]),
    )
    const name = `${COMMENTS} comments: ${what}`
    return figureOf({ name, unit: 'ms', ours, limits, better: 'lower', ...(aim && { aim }) })
  }
  const added = visits.ours.map(({ script }, round) => script - (visits.bare[round]?.script ?? 0))
  return [
    figure('by value, longest task', 'sorted', FRAME),
    figure('by value, until it is painted', 'sortedInAll'),
    figure('in time again, longest task', 'restored', FRAME),
    figure('in time again, until it is painted', 'restoredInAll'),
    figureOf({
      name: "script added a comment, beside the page's own",
      unit: 'ms',
      ours: added.map((all) => all / COMMENTS),
      limits: visits.bare.map(({ script }) => script / COMMENTS),
      better: 'lower',
    }),
  ]
}

interface Acts {
  prepare?: (page: Page) => Promise<void>
  sort(page: Page): Promise<void>
  restore(page: Page): Promise<void>
}

async function visit(context: BrowserContext, { prepare, sort, restore }: Acts): Promise<Visit> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1200, height: 900 })
  // The runner that runs this file may name functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await scriptOf(session)
  await page.goto(ISSUE)
  await page.getByRole('button', { name: '270 remaining items' }).click()
  await page.waitForFunction(areThere, { comments: COMMENTS, isOurs: prepare !== undefined })
  await page.waitForTimeout(1000)
  const script = (await scriptOf(session)) - before
  await prepare?.(page)
  await page.waitForTimeout(200)
  const sorting = await tasksOf(session, page, async () => {
    await sort(page)
    await page.evaluate(painted)
  })
  await page.waitForFunction(isSorted)
  await page.waitForTimeout(300)
  const restoring = await tasksOf(session, page, async () => {
    await restore(page)
    await page.evaluate(painted)
  })
  await page.waitForFunction(`!(${String(isSorted)})()`)
  await page.close()
  return {
    sorted: Math.max(...sorting),
    sortedInAll: sumOf(sorting),
    restored: Math.max(...restoring),
    restoredInAll: sumOf(restoring),
    script,
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

async function scriptOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
}

// With the keyboard: a pointer would have the page do other things on its way.

async function openMenu(page: Page) {
  await page.locator('forgemoot-sort').getByRole('button', { name: 'Sort' }).press('Enter')
  await page.keyboard.press('v')
}

const chooseValue = (page: Page) => page.keyboard.press('Enter')
const backToTime = (page: Page) => page.keyboard.press('Escape')

const placeComments = (page: Page) => page.evaluate(place, true)
const placeNothing = (page: Page) => page.evaluate(place, false)

/** Runs in the page: all comments are there, and what we add to them. */
function areThere({ comments, isOurs }: { comments: number; isOurs: boolean }) {
  if (document.querySelectorAll('[id^="issuecomment-"]').length < comments) return false
  if (!isOurs) return true
  const widgets = [...document.querySelectorAll('forgemoot-vote[data-slot="comment"]')]
  const scores = widgets.map((each) => each.shadowRoot?.querySelector('[data-score]'))
  return scores.length >= comments && scores.every((each) => each?.getAttribute('data-score'))
}

/** Runs in the page: the first comment in the document is not the first that is shown. */
function isSorted() {
  const tops = [...document.querySelectorAll('[data-wrapper-timeline-id]')]
    .filter((each) => each.querySelector('[id^="issuecomment-"]'))
    .map((each) => each.getBoundingClientRect().top)
  return tops.some((top, at) => top < (tops[at - 1] ?? -Infinity))
}

/** Runs in the page: puts comments into the opposite order, or into their own again. */
function place(isOther: boolean) {
  const items = [...document.querySelectorAll<HTMLElement>('[data-wrapper-timeline-id]')]
  for (const group of new Set(items.map((item) => item.parentElement)))
    if (group) group.style.cssText = isOther ? 'display: flex; flex-direction: column' : ''
  for (const [at, item] of items.entries()) item.style.order = isOther ? String(-at) : ''
}

/** Runs in the page: resolves when what was changed has been painted. */
function painted() {
  return new Promise<void>((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(tableOf(await runConversationBench()))
  process.exit(0)
}
