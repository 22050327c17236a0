import type { IssueView, PullTab, PullView } from '../react/views.ts'
import { htmlReply, redirectReply, type Reply } from '../reply.ts'
import type { Subject } from '../world/world.ts'
import { dayOf } from './day.ts'
import { listViewOf } from './list-view.ts'
import { notFoundReply, pageReply, reactReply, type SiteContext } from './page-reply.ts'
import { islandsOf, middleOf, threadsReply } from './pull-islands.ts'
import { railsList } from './rails-list.ts'
import { reactionViewsOf, rowViewOf, secondaryOf } from './row-view.ts'

/** The page of an issue; a pull request's number leads to its own page. */
export function issueReply(context: SiteContext, name: string, number: number): Reply {
  const subject = context.world.repositories.get(name)?.subjects.get(number)
  if (!subject) return notFoundReply(context)
  if (subject.kind === 'pull') return redirectReply(`/${name}/pull/${number}`)
  const title = `${subject.title} · Issue #${number} · ${name}`
  const route = '/:user_id/:repository/issues/:number'
  return reactReply(
    context,
    { title, route, repo: name, tab: 'issues' },
    issueViewOf(subject, context),
  )
}

function issueViewOf(subject: Subject, { settings }: SiteContext): IssueView {
  return {
    ...rowViewOf(subject),
    secondary: secondaryOf(subject),
    route: 'issue',
    databaseId: subject.id,
    body: subject.body,
    reactions: reactionViewsOf(subject.reactions),
    assignees: subject.assignees.map(({ login }) => login),
    viewer: settings.signedIn,
    events: (subject.events ?? []).map(({ id, actor, text, createdAt }) => ({
      id,
      nodeId: `LE_kwDO${id.toString(36)}`,
      actor: actor.login,
      text,
      at: `on ${dayOf(createdAt)}`,
      createdAt,
    })),
    comments: subject.comments.map((comment) => ({
      id: comment.id,
      minimized: comment.minimized ?? false,
      html: comment.html,
      nodeId: `IC_kwDO${comment.id.toString(36)}`,
      author: comment.author.login,
      at: `on ${dayOf(comment.createdAt)}`,
      createdAt: comment.createdAt,
      body: comment.body,
      reactions: reactionViewsOf(comment.reactions),
    })),
  }
}

/** A pull request: its conversation, or another tab under the same header. */
export function pullReply(context: SiteContext, name: string, number: number, tab?: string): Reply {
  const subject = context.world.repositories.get(name)?.subjects.get(number)
  if (!subject) return notFoundReply(context)
  if (subject.kind === 'issue') return redirectReply(`/${name}/issues/${number}`)
  const title = `${subject.title} by ${subject.author.login} · Pull Request #${number} · ${name}`
  const route = `/:user_id/:repository/pull/:id${tab ? `/${tab}` : ''}`
  const view: PullView = {
    ...rowViewOf(subject),
    secondary: secondaryOf(subject),
    route: 'pull',
    tab: (tab ?? 'conversation') as PullTab, // The router's pattern admits no other word.
    base: 'main',
    head: `${subject.author.login}:change-${number}`,
    headSha: subject.headSha,
    islands: islandsOf(subject, context.url.searchParams.get('forge-form') === 'rails'),
    viewer: context.settings.signedIn,
    delays: { mergePoll: context.settings.delays.mergePoll },
  }
  return reactReply(context, { title, route, repo: name, tab: 'pulls' }, view)
}

/** What a long timeline keeps behind "Load more". */
export function middleReply(context: SiteContext, name: string, number: number): Reply {
  const subject = context.world.repositories.get(name)?.subjects.get(number)
  return subject ? htmlReply(middleOf(subject).html) : notFoundReply(context)
}

/** The threads of one review. */
export function reviewReply(
  context: SiteContext,
  name: string,
  number: number,
  review: number,
): Reply {
  const subject = context.world.repositories.get(name)?.subjects.get(number)
  const threads = subject && threadsReply(subject, review)
  return threads ? htmlReply(threads.html) : notFoundReply(context)
}

/** A milestone's issues and pull requests, mixed, as Rails draws them. */
export function milestoneReply(context: SiteContext, name: string, number: number): Reply {
  const { world, settings, url } = context
  const repository = world.repositories.get(name)
  const milestone = repository?.milestones.find((each) => each.number === number)
  if (!repository || !milestone) return notFoundReply(context)
  const view = listViewOf(world, {
    form: 'issues',
    heading: milestone.title,
    path: url.pathname,
    repo: name,
    query: url.searchParams.get('q') ?? (url.searchParams.has('closed') ? 'is:closed' : 'is:open'),
    scope: `milestone:"${milestone.title}"`,
    page: Math.max(1, Number(url.searchParams.get('page')) || 1),
    viewer: settings.signedIn,
  })
  const route = '/:user_id/:repository/milestone/:milestone'
  const facts = {
    title: `${milestone.title} Milestone · ${name}`,
    route,
    repo: name,
    tab: 'issues',
  } as const
  return pageReply(context, facts, railsList(repository, view))
}
