import { redirectReply, type Reply } from '../reply.ts'
import { oddTitles } from '../world/words.ts'
import { find, parseQuery } from '../world/query.ts'
import { html } from './html.ts'
import { listViewOf } from './list-view.ts'
import { notFoundReply, pageReply, reactReply, type SiteContext } from './page-reply.ts'
import { railsList } from './rails-list.ts'
import { lookAlikes, unknownList } from './silent.ts'

/** A repository's list of issues or pull requests, by author or label if one is given. */
export function listReply(
  context: SiteContext,
  name: string,
  kind: 'issues' | 'pulls',
  author?: string,
  label?: string,
): Reply {
  const { world, settings, url } = context
  const repository = world.repositories.get(name)
  if (!repository) return notFoundReply(context)
  const pulls = kind === 'pulls'
  const scope = `${author ? `author:${author}` : ''} ${label ? `label:"${label}"` : ''}`.trim()
  const fallback = label ? 'is:open' : pulls ? 'is:pr is:open' : 'is:issue state:open'
  const view = listViewOf(world, {
    form: kind,
    heading: pulls ? 'Pull requests' : 'Issues',
    path: url.pathname,
    keep: url.searchParams.get('forge-form'),
    repo: name,
    query: url.searchParams.get('q') ?? fallback,
    scope,
    page: Math.max(1, Number(url.searchParams.get('page')) || 1),
    size: settings.rows,
    viewer: settings.signedIn,
  })
  const facts = {
    title: `${view.heading} · ${name}`,
    route: pulls ? '/:user_id/:repository/pulls' : '/:user_id/:repository/issues(.:format)',
    repo: name,
    tab: kind,
  }
  const form = url.searchParams.get('forge-form')
  const subjects = () => find(world, parseQuery(`repo:${name} is:issue is:open`)).slice(0, 25)
  if (form === 'unknown') return pageReply(context, facts, unknownList(subjects()))
  if (form === 'hostile') {
    const rows = view.rows.map((row, index) => ({
      ...row,
      title: oddTitles[index % oddTitles.length] ?? row.title,
      author: index % 2 ? '<b>\u202enimda</b>' : row.author,
    }))
    const head = html`<meta name="forge-hostile" content="true" />`
    return reactReply(context, { ...facts, head }, { ...view, rows }, lookAlikes(name, subjects()))
  }
  if (pulls && (form ?? settings.pullList) !== 'react')
    return pageReply(context, facts, railsList(repository, view))
  return reactReply(context, facts, view)
}

/** A signed-in person's list across repositories. Nobody signed in is sent to sign in. */
export function dashboardReply(context: SiteContext, kind: 'issues' | 'pulls', part = ''): Reply {
  const { world, settings, url } = context
  if (settings.signedIn === null) return redirectReply('/login')
  const by =
    { '/assigned': 'assignee', '/review-requested': 'review-requested' }[part] ?? 'involves'
  const word = kind === 'pulls' ? 'is:pr' : 'is:issue'
  const view = listViewOf(world, {
    form: kind,
    heading: kind === 'pulls' ? 'Pull requests' : 'Issues',
    path: url.pathname,
    repo: null,
    query: url.searchParams.get('q') ?? `is:open ${word} ${by}:@me`,
    page: Math.max(1, Number(url.searchParams.get('page')) || 1),
    viewer: settings.signedIn,
  })
  return reactReply(context, { title: view.heading, route: `/${kind}` }, view)
}
