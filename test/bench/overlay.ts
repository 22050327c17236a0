/**
 * What the extension costs a list page, beside the same page without it: both in turns in one run, each
 * in a browser of its own, from a warm cache. Times are what Chromium says it spent
 * (`Performance.getMetrics`); the pages are the local forge's, so only differences say something.
 */
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { launch, workerOf } from '../e2e/launch.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { type Aim, type BenchResult, figureOf, tableOf } from './result.ts'

const ROUNDS = 15
const WARM_UP = 3

/** What a row may cost at most, in milliseconds of script. */
const SCRIPT_A_ROW = 0.2

const LIST = 'https://github.com/moot/garden/issues'

/** One load of the page. Milliseconds, but for the heap. */
interface Load {
  script: number
  task: number
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
  const bare = await opened(await launch({ forgePort: forge.port, bare: true }), rows, true)
  const context = await launch({ forgePort: forge.port })
  await workerOf(context)
  const ours = await opened(context, rows, false)
  await warm(ours.page, rows)
  const loads = { bare: [] as Load[], ours: [] as Load[] }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [without, with_] = [await bare.load(), await ours.load()]
    if (round < 0) continue
    loads.bare.push(without)
    loads.ours.push(with_)
  }
  await bare.close()
  await ours.close()
  const ofAll = (side: Load[], key: keyof Load) => side.map((load) => load[key])
  const figure = (what: string, ours: number[], limits: number[], unit: string, aim?: Aim) =>
    figureOf({
      name: `${rows} rows: ${what}`,
      unit,
      ours,
      limits,
      better: 'lower',
      ...(aim && { aim }),
    })
  const both = (what: string, key: keyof Load, unit: string) =>
    figure(what, ofAll(loads.ours, key), ofAll(loads.bare, key), unit)
  const added = loads.ours.map((load, round) => load.script - (loads.bare[round]?.script ?? 0))
  return [
    figure(
      "script added a row, beside the page's own",
      added.map((all) => all / rows),
      loads.bare.map(({ script }) => script / rows),
      'ms',
      { of: 'value', is: SCRIPT_A_ROW },
    ),
    figure(
      'all scores painted, beside all rows',
      ofAll(loads.ours, 'badges'),
      ofAll(loads.ours, 'rows'),
      'ms',
    ),
    both('script in all', 'script', 'ms'),
    both('main thread', 'task', 'ms'),
    both('long tasks', 'longTasks', ''),
    both('layout shift', 'shift', ''),
    both('heap', 'heap', 'MB'),
  ]
}

/** Lets scores be fetched once, so that what is measured comes from the cache. */
async function warm(page: Page, rows: number) {
  await page.goto(LIST)
  await page.waitForFunction(
    (count) => document.querySelectorAll('forgemoot-vote').length >= count,
    rows,
  )
  await page.waitForTimeout(1500)
}

async function opened(context: BrowserContext, rows: number, isBare: boolean) {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1200, height: 900 })
  // The runner that runs this file may name functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  await page.addInitScript(watch, { rows, isBare })
  const session = await context.newCDPSession(page)
  // Processor time and not the clock's: what other processes do meanwhile does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const metrics = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return new Map(metrics.map(({ name, value }) => [name, value]))
  }
  return {
    page,
    close: () => context.close(),
    async load(): Promise<Load> {
      await page.goto('about:blank')
      const before = await metrics()
      await page.goto(LIST)
      await page.waitForTimeout(700)
      const after = await metrics()
      await session.send('HeapProfiler.collectGarbage')
      const heap = (await metrics()).get('JSHeapUsedSize') ?? 0
      const spent = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000
      const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
      return {
        script: spent('ScriptDuration'),
        task: spent('TaskDuration'),
        heap: heap / 1e6,
        longTasks: seen.longTasks,
        shift: seen.shift,
        rows: seen.rows ?? 0,
        badges: seen.badges ?? seen.rows ?? 0,
      }
    },
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
