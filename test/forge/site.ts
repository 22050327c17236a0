import { pageReply, type SiteContext } from './pages/page-reply.ts'
import {
  issueReply,
  middleReply,
  milestoneReply,
  pullReply,
  reviewReply,
} from './pages/subject-replies.ts'
import { dashboardReply, listReply } from './pages/list-replies.ts'
import { silentPages } from './pages/silent.ts'
import { avatarReply, secondaryReply } from './pages/small-replies.ts'
import { htmlReply, jsonReply, type Reply } from './reply.ts'

type Answer = (context: SiteContext, ...groups: string[]) => Reply

const repo = '(moot/[a-z]+)'

/** Every page of github.com that exists here, most particular first. */
const routes: [RegExp, Answer][] = [
  [/^\/_forge\/secondary$/, secondaryReply],
  [/^\/favicon\.ico$/, () => avatarReply('favicon')],
  [/^\/_forge\/avatar\/(.+)\.svg$/, (_, login = '') => avatarReply(login)],
  [
    /^\/issues(\/assigned|\/mentioned)?$/,
    (context, view) => dashboardReply(context, 'issues', view),
  ],
  [/^\/pulls(\/[a-z-]+)?$/, (context, view) => dashboardReply(context, 'pulls', view)],
  [
    path('/issues(?:/created_by/([\\w-]+))?'),
    (context, name = '', author) => listReply(context, name, 'issues', author),
  ],
  [
    path('/pulls(?:/([\\w-]+))?'),
    (context, name = '', author) => listReply(context, name, 'pulls', author),
  ],
  [
    path('/labels/(.+)'),
    (context, name = '', label) => listReply(context, name, 'issues', undefined, label),
  ],
  [
    path('/milestone/(\\d+)'),
    (context, name = '', number) => milestoneReply(context, name, Number(number)),
  ],
  [
    path('/issues/(\\d+)'),
    (context, name = '', number) => issueReply(context, name, Number(number)),
  ],
  [
    path('/pull/(\\d+)/partials/middle'),
    (context, name = '', number) => middleReply(context, name, Number(number)),
  ],
  [
    path('/pull/(\\d+)/partials/review/(\\d+)'),
    (context, name = '', number, review) =>
      reviewReply(context, name, Number(number), Number(review)),
  ],
  [path('/pull/(\\d+)/page_data/merge_box'), () => jsonReply({ pullRequest: { state: 'OPEN' } })],
  [
    path('/pull/(\\d+)(?:/(commits|checks|files))?'),
    (context, name = '', number, tab) => pullReply(context, name, Number(number), tab),
  ],
  [path(''), (context, name = '') => silent(context, name, silentPages.repository(name))],
  [
    path('/commit/([0-9a-f]+)'),
    (context, name = '', sha = '') => silent(context, name, silentPages.commit(name, sha)),
  ],
  [
    path('/blob/(.+)'),
    (context, name = '', file = '') => silent(context, name, silentPages.blob(file)),
  ],
  [
    path('/discussions/(\\d+)'),
    (context, name = '', number) =>
      silent(context, name, silentPages.discussion(name, Number(number))),
  ],
  [path('/settings'), (context, name = '') => silent(context, name, silentPages.settings())],
  [/^\/login$/, (context) => silent(context, '', silentPages.login())],
  [/^\/settings\/profile$/, (context) => silent(context, '', silentPages.profile())],
  [/^\/$/, (context) => silent(context, '', silentPages.home())],
]

function path(rest: string): RegExp {
  return new RegExp(`^/${repo}${rest}/?$`)
}

function silent(
  context: SiteContext,
  name: string,
  content: Parameters<typeof pageReply>[2],
): Reply {
  return pageReply(
    context,
    { title: name || 'GitHub', route: '/', repo: name, tab: 'code' },
    content,
  )
}

/** Answers a request to github.com. */
export function siteReply(context: SiteContext): Reply {
  for (const [pattern, answer] of routes) {
    const found = pattern.exec(decodeURI(context.url.pathname))
    if (!found) continue
    const reply = answer(context, ...found.slice(1))
    return reply
  }
  return htmlReply(silent(context, '', silentPages.notFound()).body, 404)
}
