/** What the tests know of the local forge's pages, apart from what the extension knows. */
import type { Page } from '@playwright/test'

export const GITHUB = 'https://github.com'

/** Every form of list, as path → what it is. */
export const LISTS: Record<string, string> = {
  '/moot/garden/issues': 'issue list (React)',
  '/moot/garden/issues?q=is%3Apr': 'issue list with pull requests (React)',
  '/moot/garden/issues?page=3': 'issue list, third page (React)',
  '/moot/garden/pulls': 'pull-request list (Rails)',
  '/moot/garden/pulls?forge-form=react': 'pull-request list (React)',
  '/moot/garden/labels/bug': 'label page, both kinds (React)',
  '/moot/garden/milestone/1': 'milestone page, both kinds (Rails)',
  '/issues': 'issues dashboard (React)',
  '/issues/assigned': 'issues dashboard, assigned (React)',
  '/pulls': 'pull-requests dashboard (React)',
  '/pulls/review-requested': 'pull-requests dashboard, reviews (React)',
}

/** Pages about one subject → its id. */
export const SUBJECTS: Record<string, string> = {
  '/moot/garden/issues/100': 'github.com/moot/garden#100',
  '/moot/garden/issues/1': 'github.com/moot/garden#1',
}

/** Pages on which nothing may be added. */
export const SILENT = [
  '/moot/garden',
  '/moot/garden/commit/0123456789abcdef0123456789abcdef01234567',
  '/moot/garden/blob/main/README.md',
  '/moot/garden/settings',
  '/moot/garden/discussions/7',
  '/moot/garden/discussions/7#discussioncomment-7002',
  '/settings/profile',
  '/login',
  '/moot/garden/issues?forge-form=unknown',
]

/** A row as the page itself shows it: where its title leads, as a subject's id. */
export interface ShownRow {
  expected: string
  widgets: string[]
}

/** Every row and pinned card of a list with the widgets in it, read from links alone. */
export function shownRows(page: Page): Promise<ShownRow[]> {
  return page.evaluate(() => {
    const idOf = (link: Element) => {
      const { host, pathname } = new URL(link.getAttribute('href') ?? '', location.href)
      const [, owner, name, , number] = pathname.split('/')
      return `${host}/${owner}/${name}#${number}`.toLowerCase()
    }
    const rows = [
      ...document.querySelectorAll('ul[data-listview-component="items-list"] li'),
      ...document.querySelectorAll('.js-issue-row'),
      ...document.querySelectorAll('ul[class*="PinnedIssues"] > li'),
    ]
    return rows.flatMap((row) => {
      const link = [...row.querySelectorAll('a[href]')].find((each) =>
        /^\/[^/]+\/[^/]+\/(issues|pull)\/\d+$/.test(
          new URL((each as HTMLAnchorElement).href).pathname,
        ),
      )
      const widgets = [...row.querySelectorAll('forgemoot-vote')].map(
        (widget) => (widget as HTMLElement).dataset['subject'] ?? '',
      )
      return link ? [{ expected: idOf(link), widgets }] : []
    })
  })
}

/** What is wrong with a list's widgets: rows without exactly one for their subject, and strays. */
export async function wrongRows(page: Page): Promise<string[]> {
  const rows = await shownRows(page)
  const wrong = rows
    .filter(({ expected, widgets }) => widgets.length !== 1 || widgets[0] !== expected)
    .map(({ expected, widgets }) => `${expected} has [${widgets.join(', ')}]`)
  const all = await page.locator('forgemoot-vote').count()
  if (all !== rows.length) wrong.push(`${all} widgets for ${rows.length} rows`)
  const sorts = await page.locator('forgemoot-sort').count()
  if (sorts !== 1) wrong.push(`${sorts} sort widgets`)
  if (rows.length === 0) wrong.push('no rows')
  return wrong
}

/** What the page's own scripts noticed: React's errors, nodes that are not where they were put. */
export function forgeErrors(page: Page): Promise<unknown[]> {
  return page.evaluate(
    () => (window as unknown as { __forgeErrors: unknown[] }).__forgeErrors ?? [],
  )
}
