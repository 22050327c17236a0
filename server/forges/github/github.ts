/** GitHub as a forge: its addresses, its lists, its deliveries. */
import * as v from 'valibot'
import type { ItemFacts, WorkFacts } from '../../forge-facts.ts'
import { type Forge, ForgeRefusal, ForgeSilence, type Page } from '../forge.ts'
import { type ApiAnswer, askGitHub, type AskSettings } from './ask.ts'
import { commitFacts, itemFacts, pullFacts, repositoryFacts } from './facts.ts'
import { mergedWork } from '../../merged-work.ts'
import { newsOf } from './news.ts'
import { lastPage, linkTo } from './links.ts'
import { CommitSchema, ItemSchema, PullSchema, RepositorySchema } from './schemas.ts'

/** Entries on a page; GitHub gives no more. */
const SIZE = 100
const SECOND = 1000

export interface GitHubSettings extends AskSettings {
  /** The host of its pages, as `github.com`. */
  host: string
}

const list = (address: string, asked: Record<string, string>) =>
  `${address}?${new URLSearchParams({ ...asked, per_page: String(SIZE) })}`

export function gitHub({ host, ...settings }: GitHubSettings): Forge {
  const ask = askGitHub(settings)
  const { api } = settings

  /** An address in a repository. Its names are GitHub's own, or were checked; they are escaped all the same. */
  const pathIn = ({ owner, name }: { owner: string; name: string }) =>
    `${api}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`

  return {
    host,
    changedItems: (repository, since) =>
      list(`${pathIn(repository)}/issues`, {
        state: 'all',
        sort: 'updated',
        direction: 'asc',
        ...(since !== null && { since: timeText(since) }),
      }),
    newestItem: (repository) =>
      `${pathIn(repository)}/issues?state=all&sort=created&direction=desc&per_page=1`,
    openItems: (repository) =>
      list(`${pathIn(repository)}/issues`, { state: 'open', sort: 'created', direction: 'asc' }),
    merges: (repository) =>
      list(`${pathIn(repository)}/pulls`, {
        state: 'closed',
        base: repository.defaultBranch,
        sort: 'updated',
        direction: 'desc',
      }),
    commits: (repository, since) =>
      list(`${pathIn(repository)}/commits`, {
        sha: repository.defaultBranch,
        since: timeText(since),
      }),

    async repository(which, reading) {
      const address = 'forgeId' in which ? `${api}/repositories/${which.forgeId}` : pathIn(which)
      const answer = await ask(address, null, reading)
      if (answer.status !== 200) throw notThere(answer)
      const body = v.safeParse(RepositorySchema, answer.json)
      if (!body.success) throw new ForgeSilence('GitHub described the repository in no known way.')
      return { facts: repositoryFacts(host, body.output), isPrivate: body.output.private }
    },

    async itemPage(repository, address, etag, reading) {
      const answer = await ask(address, etag, reading)
      if (answer.status === 304) return undefined
      const { facts, skipped } = entries(answer, (json) => {
        const body = v.safeParse(ItemSchema, json)
        return body.success ? itemFacts(body.output, repository) : undefined
      })
      const page = pageOf(answer, address, facts, skipped)
      return { ...page, next: nextItems(address, facts, page.next) }
    },

    async mergePage(repository, address, since, etag, reading) {
      const answer = await ask(address, etag, reading)
      if (answer.status === 304) return undefined
      const { facts, skipped } = entries(answer, (json) => {
        const body = v.safeParse(PullSchema, json)
        return body.success ? pullFacts(body.output, repository) : undefined
      })
      const work = facts.flatMap((pull) => mergedWork(pull) ?? [])
      const page = pageOf(answer, address, work, skipped)
      const isLast = facts.some(({ updatedAt }) => updatedAt < since)
      return isLast ? { ...page, next: null, left: facts.length } : page
    },

    async commitPage(address, etag, reading) {
      const answer = await ask(address, etag, reading)
      if (answer.status === 304) return undefined
      const { facts, skipped } = entries(answer, (json) => {
        const body = v.safeParse(CommitSchema, json)
        return body.success ? commitFacts(body.output) : undefined
      })
      const work = facts.filter((fact): fact is WorkFacts => fact !== null)
      return pageOf(answer, address, work, skipped)
    },

    async item(repository, number, reading) {
      const answer = await ask(`${pathIn(repository)}/issues/${number}`, null, reading)
      if (answer.status !== 200) return undefined
      const body = v.safeParse(ItemSchema, answer.json)
      if (!body.success) throw new ForgeSilence('GitHub described an issue in no known way.')
      // One that was transferred leads to where it is now.
      const path = new URL(body.output.html_url).pathname.toLowerCase().split('/')
      const own = `${repository.owner}/${repository.name}`.toLowerCase()
      const isOurs = `${path[1]}/${path[2]}` === own && body.output.number === number
      return isOurs ? itemFacts(body.output, repository) : undefined
    },

    news: (delivery) => newsOf(host, delivery),
  }
}

/** The entries of a list; those that cannot be understood are counted. Rejects what is no list. */
function entries<Fact>(answer: ApiAnswer, factsOf: (json: unknown) => Fact | undefined) {
  if (answer.status === 409) return { facts: [], skipped: 0 } // a repository without any commit
  if (answer.status !== 200) throw notThere(answer)
  if (!Array.isArray(answer.json)) {
    throw new ForgeSilence('GitHub answered a list with something else. Try again later.')
  }
  const all = answer.json.map((json) => factsOf(json))
  const facts = all.filter((fact): fact is Awaited<Fact> & Fact => fact !== undefined)
  return { facts, skipped: all.length - facts.length }
}

function pageOf<Fact>(
  { link, etag, json }: ApiAnswer,
  address: string,
  facts: Fact[],
  skipped: number,
): Page<Fact> {
  const next = linkTo(link, 'next', address)
  const size = Array.isArray(json) ? json.length : 0
  const last = lastPage(link, address)
  const left = next === null ? size : last === null ? null : last.after * SIZE
  return { facts, skipped, next, left, etag }
}

/**
 * Where the items go on. While they are read some change, which moves them to the end and all others up:
 * pages by number would skip some. So the next page begins with the time at which this one ended, less a
 * second, whichever way GitHub means `since`. Only where a whole page changed at one time is it turned.
 */
function nextItems(address: string, facts: readonly ItemFacts[], next: string | null) {
  const url = new URL(address)
  if (next === null || url.searchParams.get('sort') !== 'updated') return next
  const last = Math.max(0, ...facts.map(({ updatedAt }) => updatedAt))
  // `since` has whole seconds: what is lost of this one must not look like a step ahead.
  const latest = (Math.floor(last / SECOND) - 1) * SECOND
  const since = Date.parse(url.searchParams.get('since') ?? '') || 0
  if (latest <= since) return next
  url.searchParams.set('since', timeText(latest))
  url.searchParams.delete('page')
  url.searchParams.delete('after')
  return url.href
}

function notThere({ status }: ApiAnswer) {
  if (status === 451) {
    return new ForgeRefusal('GitHub may not show this repository, for legal reasons.', true)
  }
  return new ForgeRefusal(
    'GitHub shows us no such repository. A private one needs a token that may read it.',
    true,
  )
}

/** A time as GitHub takes it. */
const timeText = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
