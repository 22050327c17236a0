import { parseSubject } from '#shared/subject'
import type { ListView, Page } from '../forge.ts'

/** First path segments that name no owner and may be followed by two others. */
const RESERVED =
  /^(apps|enterprise|login|marketplace|notifications|orgs|search|settings|sponsors|stars|topics|users)$/

/** What dashboards ask for when their address does not say. */
const DASHBOARDS: Record<string, string> = {
  assigned: 'assignee:@me',
  created: 'author:@me',
  authored: 'author:@me',
  mentioned: 'mentions:@me',
  'review-requested': 'review-requested:@me',
  involves: 'involves:@me',
}

/** The list pages of one repository: the first segments after its name, and what they are. */
type ListAt = { list: 'issues' | 'pulls' | 'mixed'; query: string; milestone?: number }

/** What a GitHub address shows. Only the conversation of a pull request counts, not its other tabs. */
export function pageOf(url: URL): Page | undefined {
  if (url.host !== 'github.com') return undefined
  const [owner, name, section, ...rest] = url.pathname.split('/').filter(Boolean)
  if (!owner || RESERVED.test(owner)) return undefined
  if (owner === 'issues' || owner === 'pulls') return dashboard(url, owner, name, section)
  if (!name || !section) return undefined
  if ((section === 'issues' || section === 'pull') && /^\d+$/.test(rest[0] ?? '')) {
    const subject = rest.length === 1 ? parseSubject(url.origin + url.pathname) : undefined
    return subject && { kind: 'subject', subject }
  }
  const at = listAt(section, rest)
  if (!at) return undefined
  const { list, query, ...rest2 } = at
  const repository = `${url.host}/${owner}/${name}`.toLowerCase()
  return { kind: 'list', list, view: { ...viewOf(url, query), ...rest2, repository } }
}

function listAt(section: string, rest: string[]): ListAt | undefined {
  const [first = '', second] = rest
  switch (section) {
    case 'issues':
      if (first === 'new' || first === 'templates') return undefined
      return { list: 'issues', query: `is:issue state:open${byPerson(first, second)}` }
    case 'pulls':
      return { list: 'pulls', query: `is:pr is:open${byPerson(first, second)}` }
    case 'labels':
      return first && !second
        ? { list: 'mixed', query: `state:open label:"${decode(first)}"` }
        : undefined
    case 'milestone':
      return /^\d+$/.test(first) && !second
        ? { list: 'mixed', query: 'is:open', milestone: Number(first) }
        : undefined
    default:
      return undefined
  }
}

/** `/issues/created_by/x`, `/issues/assigned/x`, `/pulls/x`; views have no public words. */
function byPerson(first: string, second: string | undefined): string {
  if (!first || first === 'views') return ''
  if (first === 'assigned' && second) return ` assignee:${second}`
  if (first === 'mentioned' && second) return ` mentions:${second}`
  return ` author:${first === 'created_by' && second ? second : first}`
}

function dashboard(
  url: URL,
  first: 'issues' | 'pulls',
  name: string | undefined,
  more: string | undefined,
): Page | undefined {
  if (more && name !== 'views') return undefined
  const who = DASHBOARDS[name ?? ''] ?? DASHBOARDS[first === 'pulls' ? 'authored' : 'assigned']
  const query = `${first === 'pulls' ? 'is:pr is:open' : 'is:issue state:open'} ${who}`
  return { kind: 'list', list: 'dashboard', view: viewOf(url, query) }
}

function viewOf({ searchParams }: URL, query: string): ListView {
  const page = Number(searchParams.get('page'))
  return {
    repository: undefined,
    query: searchParams.get('q') ?? query,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
