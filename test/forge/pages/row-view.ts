import type { ReactionView, RowView, Secondary } from '../react/views.ts'
import { reactionNames, type Reactions, type Subject } from '../world/world.ts'
import { dayOf } from './day.ts'

/** What a list shows of a subject before its second query. */
export function rowViewOf(subject: Subject): RowView {
  const [owner = '', repo = ''] = subject.repo.split('/')
  return {
    owner,
    repo,
    number: subject.number,
    kind: subject.kind,
    state: stateOf(subject),
    title: subject.title,
    author: subject.author.login,
    at: `on ${dayOf(subject.createdAt)}`,
    createdAt: subject.createdAt,
    labels: subject.labels.map(({ name, color, description }) => ({ name, color, description })),
    milestone: subject.milestone?.title ?? null,
    secondary: null,
  }
}

/** What a list learns later. */
export function secondaryOf(subject: Subject): Secondary {
  return {
    comments: subject.comments.length,
    assignees: subject.assignees.map(({ login }) => login),
    linked: subject.linked.length,
  }
}

function stateOf(subject: Subject): RowView['state'] {
  if (subject.kind === 'issue') return subject.stateReason ?? 'open'
  if (subject.state === 'open') return subject.draft ? 'draft' : 'open'
  return subject.merged ? 'merged' : 'closed'
}

const emoji = ['👍', '👎', '😄', '🎉', '😕', '❤️', '🚀', '👀']

/** The reactions that have a button: those that somebody gave. */
export function reactionViewsOf(reactions: Reactions): ReactionView[] {
  return reactionNames
    .map((name, index) => ({ name, emoji: emoji[index] ?? '', count: reactions[name] }))
    .filter(({ count }) => count > 0)
}
