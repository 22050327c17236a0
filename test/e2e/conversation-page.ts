/** Conversations of the local forge, as they are painted. */
import type { BrowserContext, Page } from '@playwright/test'
import { type CountingServer, startCountingServer } from './counting-server.ts'
import { expect } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'
import { askBackground } from './own-pages.ts'

export const ISSUE = `${GITHUB}/moot/garden/issues/200`
export const PULL = `${GITHUB}/moot/garden/pull/1887`

/** What is wrong with the widgets of a conversation: comments without exactly one of their own, and strays. */
export function wrongComments(page: Page): Promise<{ comments: number; wrong: string[] }> {
  return page.evaluate(() => {
    const [, owner, name, , number] = location.pathname.split('/')
    const subject = `github.com/${owner}/${name}#${number}`.toLowerCase()
    const ids = [...document.querySelectorAll('[id]')]
      .map((each) => each.id)
      .filter((id) => /^(issuecomment-|discussion_r|pullrequestreview-)\d+$/.test(id))
    const wrong: string[] = []
    const widgets = [...document.querySelectorAll<HTMLElement>('forgemoot-vote')]
    const counts = new Map<string, number>()
    for (const widget of widgets) {
      const id = widget.dataset['subject'] ?? ''
      counts.set(id, (counts.get(id) ?? 0) + 1)
      const part = id.split('/').slice(3).join('/')
      const comment = part && document.getElementById(part)
      if (part && !(comment && comment.contains(widget))) wrong.push(`${id} stands elsewhere`)
    }
    for (const id of [subject, ...ids.map((each) => `${subject}/${each}`)])
      if (counts.get(id) !== 1) wrong.push(`${counts.get(id) ?? 0} widgets for ${id}`)
    if (widgets.length !== ids.length + 1)
      wrong.push(`${widgets.length} widgets for ${ids.length} comments and a title`)
    return { comments: ids.length, wrong }
  })
}

export async function expectComments(page: Page, count: number) {
  await expect
    .poll(() => wrongComments(page), { timeout: 15_000 })
    .toEqual({ comments: count, wrong: [] })
}

/** Subjects and scores of the comments of an issue, from top to bottom as painted. */
export function shown(page: Page): Promise<{ id: string; net: number }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="comment"]')]
      .map((widget) => ({
        top: widget
          .closest('[data-wrapper-timeline-id], .js-timeline-item')
          ?.getBoundingClientRect().top as number,
        id: widget.dataset['subject']?.split('/').at(-1) ?? '',
        net: Number(widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score')),
      }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ id, net }) => ({ id, net })),
  )
}

export const ids = async (page: Page) => (await shown(page)).map(({ id }) => id)

export async function scoresKnown(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const scores = [...document.querySelectorAll('forgemoot-vote[data-slot="comment"]')].map(
          (widget) => widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score'),
        )
        return scores.length > 0 && scores.every((score) => score !== '')
      }),
    )
    .toBe(true)
}

/** Comments of the long issue, counted from the first. */
export const nth = (at: number) => `issuecomment-${3_300_000_000 + at}`

export async function withVotes(
  context: BrowserContext,
  votes: Record<string, [up: number, down: number]>,
  work: (server: CountingServer) => Promise<void>,
) {
  const server = await startCountingServer()
  for (const [id, [up, down]] of Object.entries(votes)) server.votes.set(id, { up, down })
  await askBackground(context, 'setServer', { address: server.address })
  await work(server)
  await server.close()
}
