/**
 * What scrolling through a whole repository costs the page, beside a page of the forge's own that has all
 * those rows from its start: the same steps, one a frame, down to the end and up again in leaps, in turns in
 * one run. Long tasks are counted by the clock, as a reader would notice them, and by processor time, in
 * which what else the machine does has no part.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { startServer } from '../e2e/fixtures.ts'
import { plantGarden } from '../e2e/garden.ts'
import { launch } from '../e2e/launch.ts'
import { askBackground } from '../e2e/own-pages.ts'
import { scrollThrough } from '../e2e/scroll-through.ts'
import { showFeed } from '../e2e/show-feed.ts'
import { startForge } from '../forge/forge.ts'
import { type BenchResult, figureOf, tableOf } from './result.ts'
import { tasksOf } from './tasks-of.ts'

const ROUNDS = 5
const WARM_UP = 1
const ISSUES = 1700
/** Milliseconds from which a task is long. */
const LONG = 50
const LIST = 'https://github.com/moot/garden/issues?q=is%3Aissue'

/** Pixels a frame: down faster than anybody reads, up as who drags the bar does. */
const STEPS = [400, -5000]

/** All the way down and up again. */
interface Way {
  /** Tasks of more than 50 ms, by the clock. */
  longTasks: number
  /** Tasks of more than 50 ms of processor time. */
  heavyTasks: number
  /** Of the longest task, in milliseconds of processor time. */
  longest: number
  /** Of all tasks, in the same. */
  tasks: number
  /** Megabytes that there are more of afterwards, garbage left out. */
  heap: number
  /** Rows in the document, at most. */
  rows: number
}

export async function runScrollBench(): Promise<BenchResult[]> {
  const server = await startServer()
  await server.stop('SIGTERM')
  await plantGarden(path.join(server.folder, 'forgemoot.db'))
  await server.start()
  const [forge, long] = [await startForge(), await startForge()]
  long.control.rows(ISSUES)
  const bare = await launch({ forgePort: long.port, bare: true })
  const ours = await launch({ forgePort: forge.port })
  await askBackground(ours, 'setServer', { address: server.address })
  const ways = { bare: [] as Way[], ours: [] as Way[] }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [without, with_] = [await wayOf(bare, showAll), await wayOf(ours, showFeed)]
    if (round < 0) continue
    ways.bare.push(without)
    ways.ours.push(with_)
  }
  for (const each of [bare, ours, forge, long]) await each.close()
  await server.stop()
  const figure = (what: string, key: keyof Way, unit: string, of?: typeof mostOf): BenchResult => {
    const [ours = [], limits = []] = [ways.ours, ways.bare].map((side) =>
      side.map((way) => way[key]),
    )
    const name = `scrolling 1,700: ${what}`
    return figureOf({ name, unit, ours, limits, better: 'lower', ...(of && { of }) })
  }
  return [
    figure('long tasks, by the clock', 'longTasks', ''),
    figure('long tasks, by processor time, at most', 'heavyTasks', '', mostOf),
    figure('longest task, processor time', 'longest', 'ms', mostOf),
    figure('main thread', 'tasks', 'ms'),
    figure('heap grown by', 'heap', 'MB'),
    figure('rows in the document, at most', 'rows', '', mostOf),
  ]
}

const mostOf = (numbers: readonly number[]) => Math.max(...numbers)

async function showAll(page: Page) {
  await page
    .locator('[data-listview-component="items-list"] li')
    .nth(ISSUES - 1)
    .waitFor({ state: 'attached' })
}

async function wayOf(context: BrowserContext, show: (page: Page) => Promise<void>): Promise<Way> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1200, height: 900 })
  // The runner that runs this file may name functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  await page.goto(LIST)
  await show(page)
  await page.mouse.move(1, 1)
  await page.waitForTimeout(1000)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const before = await heapOf(session)
  const way: Way = { longTasks: 0, heavyTasks: 0, longest: 0, tasks: 0, heap: 0, rows: 0 }
  const tasks = await tasksOf(session, page, async () => {
    for (const step of STEPS) {
      const { longTasks, rows } = await page.evaluate(scrollThrough, step)
      way.longTasks += longTasks
      way.rows = Math.max(way.rows, rows)
    }
  })
  way.longest = mostOf(tasks)
  way.heavyTasks = tasks.filter((task) => task > LONG).length
  way.tasks = tasks.reduce((sum, one) => sum + one, 0)
  way.heap = (await heapOf(session)) - before
  await page.close()
  return way
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(tableOf(await runScrollBench()))
  process.exit(0)
}
