import type { CDPSession, Page } from '@playwright/test'

/** What Chromium writes down of what it does, as far as it is read here; times are microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Processor time. */
  tdur?: number
}

const MARK = 'forgemoot-bench'

/** Milliseconds of processor time of each task that the page's main thread did meanwhile. */
export async function tasksOf(
  session: CDPSession,
  page: Page,
  work: () => Promise<void>,
): Promise<number[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) =>
    events.push(...(value as unknown as TraceEvent[])),
  )
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline', 'blink.user_timing'],
    },
  })
  await page.evaluate((mark) => void performance.mark(mark), MARK)
  await work()
  await session.send('Tracing.end')
  await complete
  const mark = events.find(({ name }) => name === MARK)
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === mark?.pid && tid === mark.tid,
  )
  if (!tasks.length) throw new Error('Chromium wrote down no tasks')
  return tasks.map(({ tdur = 0 }) => tdur / 1000)
}
