/** Rows of a list with their votes, and what a server says of them. */
import { expect, type Page } from '@playwright/test'
import { GITHUB } from './github-pages.ts'

export const LIST = `${GITHUB}/moot/garden/issues`

/** The vote widget of the nth row of a list. */
export const rowWidget = (page: Page, index = 0) =>
  page.locator('li forgemoot-vote[data-slot="row"]').nth(index)
export const up = (page: Page, index = 0) =>
  rowWidget(page, index).getByRole('button', { name: 'Upvote' })
export const down = (page: Page, index = 0) =>
  rowWidget(page, index).getByRole('button', { name: 'Downvote' })
export const net = async (page: Page, index = 0) =>
  Number(await rowWidget(page, index).locator('[data-score]').getAttribute('data-score'))

/** The score of a row once everybody who is asked has answered, so that only votes change it from then on. */
export async function known(page: Page, index = 0): Promise<number> {
  const widget = rowWidget(page, index)
  await widget.hover()
  await expect(widget.getByRole('tooltip')).toContainText('Reactions:')
  await expect(widget.getByRole('tooltip')).not.toContainText('not known yet')
  await expect(widget.locator('[data-score]')).not.toHaveAttribute('data-score', '')
  return net(page, index)
}

/** What a server says of a subject, asked from outside. */
export async function serverScore(address: string, subject: string) {
  const response = await fetch(`${address}/v1/scores`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ subjects: [subject] }),
  })
  const { scores } = (await response.json()) as {
    scores: Record<string, { others: { up: number; down: number } }>
  }
  return scores[subject]?.others
}
