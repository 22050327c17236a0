/**
 * Pages of GitHub as other people saved them, 2018 to 2026, which are not ours to publish: they are
 * read from a folder beside the checkout, and nothing happens where there is none.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { ROOT } from '../commands/run.ts'
import { expect, test } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'

const FOLDER = path.resolve(ROOT, '../shared/pages/github')

/** Where pages belong that do not say so themselves. */
const ADDRESSES: Record<string, string> = {
  'issue-list-lsegal-yard-list.html': '/lsegal/yard/issues',
  'issue-embedded-HiromiShikata-test-repository-38-2024.html':
    '/HiromiShikata/test-repository/issues/38',
}

/** A saved page with what it should get, counted in its text. */
interface Capture {
  file: string
  html: string
  /** On github.com, also when an Enterprise Server drew it. */
  address: string
  /** Rows or headings that name one subject. */
  expected: number
  /** Ids of what was said, as its permalinks have them. */
  comments: string[]
  sorts: number
}

function readCapture(file: string): Capture {
  const html = readFileSync(path.join(FOLDER, file), 'utf8')
  const own =
    /(?:rel="canonical" href|property="og:url" content)="https?:\/\/[^/"]+(\/[^"?#]*)"/.exec(
      html,
    )?.[1]
  const address = ADDRESSES[file] ?? own
  if (!address) throw new Error(`${file} does not say where it belongs`)
  const isList = /^(issue|pull)-list-/.test(file)
  const isFiles = file.startsWith('pull-files-')
  const isSubject = !isList && !isFiles && /^(issue|pull)-/.test(file)
  const expected = isList ? titleLinks(html) : isSubject && hasTitle(html) ? 1 : 0
  const comments = isSubject && expected ? commentIds(html) : []
  return {
    file,
    html,
    address: isFiles ? `${address.replace(/\/files$/, '')}/files` : address,
    expected,
    comments,
    sorts: isList || comments.length > 0 ? 1 : 0,
  }
}

/** How many links there are to issues or pull requests with the class or id of a title. */
function titleLinks(html: string): number {
  const tags = html.match(/<a\s[^>]*>/g) ?? []
  return tags.filter(
    (tag) =>
      /href="[^"]*\/(issues|pull)\/\d+"/.test(tag) &&
      /id="issue_\d+[^"]*_link"|"(issue-pr|listitem)-title-link"/.test(tag),
  ).length
}

/** Ids that only permalinks lead to. */
function commentIds(html: string): string[] {
  const all = html.matchAll(/\sid="((?:issuecomment-|discussion_r|pullrequestreview-)\d+)"/g)
  return [...new Set([...all].map(([, id]) => id ?? ''))]
}

const hasTitle = (html: string) => /js-issue-title|data-testid="issue-title"/.test(html)

async function widgetsOn(context: BrowserContext, capture: Capture) {
  const { html, address, expected, comments, sorts } = capture
  const page = await context.newPage()
  await page.route('**/*', (route) =>
    route.request().isNavigationRequest() && route.request().frame() === page.mainFrame()
      ? route.fulfill({
          body: html,
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': "script-src 'none'" },
        })
      : route.abort(),
  )
  await page.goto(GITHUB + address, { waitUntil: 'domcontentloaded' })
  const votes = page.locator('forgemoot-vote')
  await expect
    .poll(() => votes.count(), { timeout: 6000 })
    .toBe(expected + comments.length)
    .catch(() => undefined)
  // What should not be there may still come.
  await page.waitForTimeout(500)
  const subjects = await votes.evaluateAll((all) =>
    all.map((each) => (each as HTMLElement).dataset['subject'] ?? ''),
  )
  const talk = subjects.filter((each) => each.includes('/', each.indexOf('#')))
  // A comment may stand in a thread that is folded.
  const shown = await page
    .locator('forgemoot-vote:not([data-slot="comment"], [data-slot="line"])')
    .evaluateAll((all) => all.filter((each) => each.checkVisibility()).length)
  const found = {
    widgets: subjects.length - talk.length,
    comments: talk.map((each) => each.slice(each.indexOf('/', each.indexOf('#')) + 1)),
    shown,
    sorts: await page.locator('forgemoot-sort').count(),
  }
  await page.close()
  const of = address.split('/').slice(1, 3).join('/').toLowerCase()
  const strays = subjects.filter((each) => !each.startsWith(`github.com/${of}#`))
  const twice = subjects.filter((each, at) => subjects.indexOf(each) !== at)
  const isSame = found.comments.toSorted().join() === comments.toSorted().join()
  const isTrue = found.widgets === expected && found.sorts === sorts && isSame
  return { ...found, strays, twice, isTrue }
}

/** Does something with each, a few at a time. */
async function inTurns<T, R>(all: T[], width: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  const left = all.entries()
  const turns = Array.from({ length: width }, async () => {
    for (const [index, one] of left) done[index] = await work(one)
  })
  await Promise.all(turns)
  return done
}

test('pages saved from GitHub get one widget in each row, header and comment', async ({
  context,
}) => {
  test.setTimeout(120_000)
  const none = `there are no saved pages (${path.relative(ROOT, FOLDER)})`
  if (!existsSync(FOLDER)) console.log(`skipped: ${none}`)
  test.skip(!existsSync(FOLDER), none)
  const captures = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.html'))
    .flatMap((file) => {
      const capture = readCapture(file)
      const { address, html } = capture
      if (!address.endsWith('/files')) return [capture]
      // Its header is that of the conversation, of which there is no newer capture.
      const conversation = { file: `${file}, as conversation`, address: address.slice(0, -6) }
      return [
        capture,
        { ...capture, ...conversation, expected: hasTitle(html) ? 1 : 0, comments: [] },
      ]
    })
  const wrong: string[] = []
  const lines: string[] = []
  const all = await inTurns(captures, 4, (capture) => widgetsOn(context, capture))
  for (const [index, capture] of captures.entries()) {
    const found = all[index]
    if (!found) continue
    const talk = `${capture.comments.length} | ${found.comments.length}`
    lines.push(
      `${capture.file} | ${capture.expected} | ${found.widgets} | ${talk} | ${found.sorts}`,
    )
    const isShown = found.shown === capture.expected
    if (!found.isTrue || !isShown || found.strays.length > 0 || found.twice.length > 0)
      wrong.push(`${capture.file}: expected ${capture.expected}, ${JSON.stringify(found)}`)
  }
  console.log(['page | expected | found | comments | found | sort bars', ...lines].join('\n'))
  expect(captures.length).toBeGreaterThan(0)
  expect(wrong).toEqual([])
})
