/**
 * What the extension costs a list page, beside the same page without it: both in turns in one run, each
 * in a browser of its own, from a warm cache. Times are what Chromium says it spent
 * (`Performance.getMetrics`); the pages are the local forge's, so only differences say something.
 * What is spent is measured on pages that nothing looks at: to look costs script, and to collect garbage
 * for the heap throws away what was compiled, which no reader's browser does between two pages.
 */
import { pathToFileURL } from 'node:url'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { launch, workerOf } from '../e2e/launch.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { type Aim, type BenchResult, figureOf, tableOf } from './result.ts'

const ROUNDS = 15
const WARM_UP = 3

/** What a row may cost at most, in milliseconds of script. */
const SCRIPT_A_ROW = 0.2

const LIST = 'https://github.com/moot/garden/issues'

/** What a load took, in milliseconds of processor time. */
interface Spent {
  script: number
  task: number
}

/** What was to be seen of a load. Milliseconds, but for the heap. */
interface Looks {
  longTasks: number
  shift: number
  /** Megabytes, after garbage collection. */
  heap: number
  /** From navigation to the first frame with all rows in it. */
  rows: number
  /** The same for all scores. */
  badges: number
}

export async function runOverlayBench(): Promise<BenchResult[]> {
  const forge = await startForge()
  const results: BenchResult[] = []
  for (const rows of [25, 100]) {
    forge.control.rows(rows)
    results.push(...(await measure(forge, rows)))
  }
  await forge.close()
  return results
}

async function measure(forge: Forge, rows: number): Promise<BenchResult[]> {
  const bare = await launch({ forgePort: forge.port, bare: true })
  const ours = await launch({ forgePort: forge.port })
  await workerOf(ours)
  await warm(ours, rows)
  const spent = await inTurns(await spending(bare), await spending(ours))
  const looks = await inTurns(await looking(bare, rows, true), await looking(ours, rows, false))
  await bare.close()
  await ours.close()
  const figure = (what: string, ours: number[], limits: number[], unit: string, aim?: Aim) =>
    figureOf({
      name: `${rows} rows: ${what}`,
      unit,
      ours,
      limits,
      better: 'lower',
      ...(aim && { aim }),
    })
  const both = <Load>(
    what: string,
    { ours, bare }: Sides<Load>,
    of: (load: Load) => number,
    unit: string,
  ) => figure(what, ours.map(of), bare.map(of), unit)
  const added = spent.ours.map(({ script }, round) => script - (spent.bare[round]?.script ?? 0))
  return [
    figure(
      "script added a row, beside the page's own",
      added.map((all) => all / rows),
      spent.bare.map(({ script }) => script / rows),
      'ms',
      { of: 'value', is: SCRIPT_A_ROW },
    ),
    figure(
      'all scores painted, beside all rows',
      looks.ours.map(({ badges }) => badges),
      looks.ours.map((load) => load.rows),
      'ms',
    ),
    both('script in all', spent, ({ script }) => script, 'ms'),
    both('main thread', spent, ({ task }) => task, 'ms'),
    both('long tasks', looks, ({ longTasks }) => longTasks, ''),
    both('layout shift', looks, ({ shift }) => shift, ''),
    both('heap', looks, ({ heap }) => heap, 'MB'),
  ]
}

interface Sides<Load> {
  bare: Load[]
  ours: Load[]
}

async function inTurns<Load>(
  bare: () => Promise<Load>,
  ours: () => Promise<Load>,
): Promise<Sides<Load>> {
  const loads: Sides<Load> = { bare: [], ours: [] }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [without, with_] = [await bare(), await ours()]
    if (round < 0) continue
    loads.bare.push(without)
    loads.ours.push(with_)
  }
  return loads
}

/** Lets scores be fetched once, so that what is measured comes from the cache. */
async function warm(context: BrowserContext, rows: number) {
  const page = await opened(context)
  await page.goto(LIST)
  await page.waitForFunction(
    (count) => document.querySelectorAll('forgemoot-vote').length >= count,
    rows,
  )
  await page.waitForTimeout(1500)
  await page.close()
}

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1200, height: 900 })
  return page
}

async function show(page: Page) {
  await page.goto(LIST)
  await page.waitForTimeout(700)
}

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}

async function spending(context: BrowserContext): Promise<() => Promise<Spent>> {
  const page = await opened(context)
  const session = await context.newCDPSession(page)
  // Processor time and not the clock's: what other processes do meanwhile does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    await page.goto('about:blank')
    const before = await metricsOf(session)
    await show(page)
    const after = await metricsOf(session)
    const spent = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000
    return { script: spent('ScriptDuration'), task: spent('TaskDuration') }
  }
}

async function looking(
  context: BrowserContext,
  rows: number,
  isBare: boolean,
): Promise<() => Promise<Looks>> {
  const page = await opened(context)
  // The runner that runs this file may name functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  await page.addInitScript(watch, { rows, isBare })
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    await page.goto('about:blank')
    await show(page)
    await session.send('HeapProfiler.collectGarbage')
    const heap = ((await metricsOf(session)).get('JSHeapUsedSize') ?? 0) / 1e6
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
    const { longTasks, shift } = seen
    return { longTasks, shift, heap, rows: seen.rows ?? 0, badges: seen.badges ?? seen.rows ?? 0 }
  }
}

interface Seen {
  rows: number | undefined
  badges: number | undefined
  longTasks: number
  shift: number
}

/**
 * Runs in the page from its start. A ResizeObserver is called in every frame after all frame callbacks
 * and layout, right before painting, so what it sees is what that frame paints.
 */
function watch({ rows, isBare }: { rows: number; isBare: boolean }) {
  const seen: Seen = { rows: undefined, badges: undefined, longTasks: 0, shift: 0 }
  Object.assign(window, { seen })
  new PerformanceObserver((list) => (seen.longTasks += list.getEntries().length)).observe({
    type: 'longtask',
    buffered: true,
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
      seen.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  let isDone = false
  const probe = document.createElement('div')
  probe.style.cssText = 'position:fixed;height:1px;visibility:hidden'
  const observer = new ResizeObserver(() => {
    const list = document.querySelector('ul[data-listview-component="items-list"]')
    const items = [...(list?.querySelectorAll('li') ?? [])]
    const first = items[0]
    if (!first || items.length < rows || getComputedStyle(first).visibility !== 'visible') return
    seen.rows ??= performance.now()
    const painted = items.filter((item) => {
      if (item.hasAttribute('data-forgemoot-preview')) return true
      const score = item.querySelector('forgemoot-vote')?.shadowRoot?.querySelector('[data-score]')
      return Boolean(score?.getAttribute('data-score'))
    })
    if (painted.length >= rows) seen.badges ??= performance.now()
    // What is looked at costs script too: no more of that than needed.
    if (isBare || seen.badges !== undefined) isDone = true
  })
  observer.observe(probe)
  let frames = 0
  const tick = () => {
    if (!probe.isConnected) document.documentElement?.append(probe)
    probe.style.width = `${1 + (frames++ % 2)}px`
    if (!isDone) requestAnimationFrame(tick)
    else probe.remove()
  }
  requestAnimationFrame(tick)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(tableOf(await runOverlayBench()))
  process.exit(0)
}
