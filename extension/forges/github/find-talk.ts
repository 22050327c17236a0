import { parseSubject, type SubjectId } from '#shared/subject'
import type { CommentSlot, Talk, TalkFlow, TalkItem } from '../forge.ts'
import { arrangeTalk, leavesOf } from './arrange-talk.ts'
import { find } from './find.ts'
import * as slots from './slots.ts'

/** Finds what was said about a page's subject, by the ids that permalinks lead to. */
export function findTalk(subject: SubjectId, document: Document): Talk {
  const [title] = find({ kind: 'subject', subject }, document).subjects
  const talk: Talk = { title: title?.host, comments: [], flow: undefined, unplaced: 0 }
  // The address changes before the page does: the title tells whose comments these are.
  if (!title) return talk
  const seen = new Set<SubjectId>()
  for (const element of document.querySelectorAll<HTMLElement>(slots.COMMENTS)) {
    if (!slots.COMMENT_ID.test(element.id) || element.closest(slots.COMMENT_BODY)) continue
    const id = parseSubject(`${subject}/${element.id}`)
    const slot = id && !seen.has(id) && slotOf(id, element)
    if (!slot) talk.unplaced += 1
    else {
      seen.add(id)
      talk.comments.push(slot)
    }
  }
  talk.flow = flowOf(talk.comments)
  return talk
}

function slotOf(subject: SubjectId, element: HTMLElement): CommentSlot | undefined {
  const isLine = element.id.startsWith('discussion')
  const isReview = element.id.startsWith('pull')
  const host = isLine ? element : isReview ? reviewHeader(element) : commentHeader(element)
  if (!host) return undefined
  const item = element.closest<HTMLElement>(slots.TALK_ITEM) ?? undefined
  const scope = isLine || isReview ? element : (item ?? element)
  const hasThreads = isReview && element.querySelector('[id^="discussion_r"], include-fragment')
  return {
    kind: isLine ? 'line' : 'comment',
    subject,
    host,
    within: host.closest<HTMLElement>(slots.ISLAND) ?? host,
    createdAt: () => undefined,
    author: authorOf(scope),
    isOwn:
      element.closest(slots.OWN_COMMENT) !== null || said(scope, slots.OWN_COMMENT) !== undefined,
    isMinimized: said(scope, slots.MINIMIZED) !== undefined,
    item,
    whole: isLine ? element : hasThreads ? undefined : item,
    text: () => textOf(scope),
  }
}

/** The first match in a comment that does not belong to another comment inside of it. */
function within(scope: HTMLElement, selector: string): HTMLElement | null {
  const found = scope.querySelector<HTMLElement>(selector)
  const line = found?.closest<HTMLElement>('[id^="discussion_r"]')
  return line && line !== scope && scope.contains(line) ? null : found
}

/** The same of what the forge says about a comment: what its author wrote into it says nothing. */
function said(scope: HTMLElement, selector: string): HTMLElement | undefined {
  const found = [...scope.querySelectorAll<HTMLElement>(selector)]
  return found.find((each) => {
    if (each.closest(slots.COMMENT_BODY)) return false
    const line = each.closest<HTMLElement>('[id^="discussion_r"]')
    return !line || line === scope || !scope.contains(line)
  })
}

function commentHeader(element: HTMLElement): HTMLElement | null {
  if (element.matches(slots.REACT_COMMENT_HEADER)) return element
  const shown = slots.RAILS_COMMENT_HEADER.split(', ').map((each) =>
    element.querySelector<HTMLElement>(each),
  )
  return shown.find((each) => each !== null) ?? null
}

function reviewHeader(element: HTMLElement): HTMLElement {
  return within(element, slots.REVIEW_HEADER) ?? element
}

function authorOf(scope: HTMLElement): string | undefined {
  const path = said(scope, slots.COMMENT_AUTHOR)?.getAttribute('href') ?? ''
  return /^(?:https:\/\/[^/]+)?(?:\/apps)?\/([a-z0-9][a-z0-9_-]{0,38})\/?$/i.exec(path)?.[1]
}

function textOf(scope: HTMLElement): string | undefined {
  const body = within(scope, slots.COMMENT_BODY)
  if (!body || body.querySelector(slots.NO_TEXT)) return undefined
  const emoji = [...body.querySelectorAll<HTMLImageElement>('img.emoji')].map(({ alt }) => alt)
  return [body.textContent, ...emoji].join(' ')
}

/** How the conversation is built; undefined when it is not as we know it. */
function flowOf(comments: readonly CommentSlot[]): TalkFlow | undefined {
  const items = new Map<HTMLElement, TalkItem>()
  for (const comment of comments) {
    const { item, subject } = comment
    if (!item) return undefined
    const known = items.get(item)
    if (known) known.comments.push(comment)
    else items.set(item, { subject, comments: [comment] })
  }
  const [first] = items.keys()
  const element = first && commonParent([...items.keys()])
  if (!first || !element) return undefined
  // A comment that stands with others in one item must not be taken for all of it.
  for (const { comments: together } of items.values())
    if (together.length > 1)
      for (const each of together) if (each.kind === 'comment') each.whole = undefined
  const opening = element.querySelector(slots.OPENING)
  const before = opening ? childOf(element, first) : element
  const leaves = leavesOf(element, items)
  return {
    element,
    items: [...items.values()],
    events: leaves.filter((leaf) => !items.has(leaf) && isEvent(leaf)),
    hasMore: leaves.some((leaf) => leaf.matches(slots.LOAD_MORE)),
    within: before?.closest(slots.ISLAND) ?? before ?? element,
    isPlaced: (host) => host.nextElementSibling === before,
    place: (host) => before?.before(host),
    arrange: (order) => arrangeTalk(element, items, order),
  }
}

const isEvent = (leaf: Element) => leaf.matches(slots.TALK_ITEM) && !leaf.matches(slots.LOAD_MORE)

/** The nearest element around all of these. */
function commonParent(all: readonly HTMLElement[]): HTMLElement | undefined {
  let parent = all[0]?.parentElement
  while (parent && !all.every((each) => parent?.contains(each))) parent = parent.parentElement
  // One that holds more than a conversation is not what we know. In comments people write headings, too.
  const headings = [...(parent?.querySelectorAll('h1') ?? [])]
  return headings.every((each) => each.closest(slots.COMMENT_BODY))
    ? (parent ?? undefined)
    : undefined
}

function childOf(parent: Element, element: Element): Element | undefined {
  let child: Element | null = element
  while (child && child.parentElement !== parent) child = child.parentElement
  return child ?? undefined
}
