/**
 * What a list's search words come to in a feed. GitHub's words: its documentation on filtering and
 * searching issues and pull requests.
 */
import type { FeedFilter } from '../forge.ts'

const WORD = /-?[\w-]+:(?:"[^"]*"|[^\s"]+)|"[^"]*"|[^\s"]+/g

const unquoted = (text: string) => text.replaceAll('"', '')

/** Words that say something about a feed; the value in lower case. */
const MEANINGS: Record<string, (filter: FeedFilter, value: string, written: string) => boolean> = {
  is: (filter, value) => takeIs(filter, value),
  type: (filter, value) => takeIs(filter, value === 'issue' || value === 'pr' ? value : ''),
  state: (filter, value) => takeIs(filter, value),
  label: (filter, _, written) => filter.labels.push(written) > 0,
  author(filter, value, written) {
    if (filter.author !== undefined || value.startsWith('@') || value.includes('/')) return false
    filter.author = written
    return true
  },
  // A feed has orders of its own, and the archive of a repository is the repository.
  sort: () => true,
  archived: () => true,
}

function takeIs(filter: FeedFilter, value: string): boolean {
  if (value === 'issue') filter.kind = 'issue'
  else if (value === 'pr' || value === 'pull-request') filter.kind = 'pull'
  else if (value === 'open' || value === 'closed') filter.state = value
  else return false
  return true
}

/** The filter of a feed for a list's query, and the words that it cannot follow. */
export function feedQueryOf(query: string): FeedFilter {
  const filter: FeedFilter = {
    kind: undefined,
    state: 'all',
    labels: [],
    author: undefined,
    left: [],
  }
  for (const [word] of query.matchAll(WORD)) {
    const [, name = '', value = ''] = /^([\w-]+):(.+)$/.exec(word) ?? []
    const take = Object.hasOwn(MEANINGS, name.toLowerCase()) && MEANINGS[name.toLowerCase()]
    const written = unquoted(value)
    if (!take || !take(filter, written.toLowerCase(), written)) filter.left.push(word)
  }
  return filter
}
