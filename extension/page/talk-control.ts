/**
 * One conversation during one visit. It begins in the order of time; only the reader changes that. What
 * comes later stands behind what is in order, and another order is offered, never taken.
 */
import { batch, computed, signal } from '@preact/signals-core'
import { clearlyBest } from '#shared/clearly-best'
import type { SubjectId } from '#shared/subject'
import { eventsFeature } from '../features/events.ts'
import type { TalkControl } from '../features/feature.ts'
import { talkSortFeature } from '../features/talk-sort.ts'
import type { CommentSlot, TalkFlow } from '../forges/forge.ts'
import { ask } from '../messages.ts'
import { scoreOf } from '../state/scores.ts'
import { rankedTalk, type TalkOrder, type Together } from '../state/talk-order.ts'
import { sameOrder } from '../state/order.ts'
import { isInWindow } from './keep-place.ts'
import { lightWork } from './light-work.ts'
import { newWidget } from './mount.ts'
import type { FoldCounts } from './talk-folds.ts'

const OPEN = 'data-forgemoot-events'

export function talkControl(first: TalkFlow) {
  let flow = first
  const items = signal<readonly Together[]>([])
  const authors = new Map<SubjectId, string | undefined>()
  const comments = signal({ count: 0, hasMore: false }, { name: '' })
  const order = signal<TalkOrder>('forge')
  /** The order in place; undefined is that of time. */
  const shown = signal<readonly SubjectId[] | undefined>(undefined)
  const refused = signal(false)
  const noise = signal({ folded: 0, agreed: 0, folds: true })
  const events = signal(0)
  const isOpen = signal(false)

  const wanted = computed(() => rankedTalk(items.value, order.value))
  const hasNewOrder = computed(
    () => order.value !== 'forge' && !refused.value && !sameOrder(wanted.value, shown.value),
  )
  const best = computed(() => {
    const all = items.value.flatMap((item) => item.comments)
    const at = clearlyBest(all.map(({ subject }) => scoreOf(subject).value))
    const found = at === undefined ? undefined : all[at]
    return found && { subject: found.subject, author: authors.get(found.subject) }
  })

  const control: TalkControl = {
    order,
    comments,
    hasNewOrder,
    refused,
    best,
    noise,
    choose: (next) => arrange(next, rankedTalk(items.peek(), next)),
    renew: () => arrange(order.peek(), wanted.peek()),
    fold: (folds) => void ask('chooseNoise', { folds }).catch(() => undefined),
  }

  const bar = newWidget(talkSortFeature.id, { talk: 'bar', forgemootOwn: 'talk' })
  const host = bar.host as HTMLElement // newWidget makes HTML elements
  const undo = talkSortFeature.draw(bar, control)
  const line = newWidget(eventsFeature.id, { talk: 'events', forgemootOwn: 'talk' })
  const lineHost = line.host as HTMLElement // as above
  const undoLine = eventsFeature.draw(line, {
    count: events,
    isOpen,
    toggle: () => openEvents(!isOpen.peek()),
  })

  const light = lightWork(placeOf)

  /** Puts an order in place; what the reader looks at stays where it is in the window. */
  function arrange(next: TalkOrder, subjects: readonly SubjectId[] | undefined) {
    const all = flow.items.flatMap(({ comments }) => comments[0]?.item ?? [])
    light.change(all, placeOf(), () =>
      batch(() => {
        order.value = next
        apply(subjects)
      }),
    )
  }

  function apply(subjects: readonly SubjectId[] | undefined) {
    shown.value = subjects
    refused.value = !flow.arrange(subjects)
    const isSorted = subjects !== undefined && !refused.peek()
    if (isSorted && events.peek() > 0) {
      if (lineHost.parentElement !== flow.element) flow.element.append(lineHost)
    } else lineHost.remove()
    markEvents(isSorted)
  }

  function openEvents(open: boolean) {
    isOpen.value = open
    markEvents(shown.peek() !== undefined)
  }

  function markEvents(isSorted: boolean) {
    if (isSorted && isOpen.peek()) flow.element.setAttribute(OPEN, '')
    else flow.element.removeAttribute(OPEN)
  }

  /** What the reader looks at: the bar, or else the first thing that is to be seen. */
  function placeOf(): Element | undefined {
    if (isInWindow(host)) return host
    return flow.items
      .map(({ comments }) => comments[0]?.item)
      .find((item) => item && isInWindow(item))
  }

  return {
    control,
    host,
    lineHost,
    /** Takes in the conversation as it is now. */
    update(next: TalkFlow, all: readonly CommentSlot[], folds: FoldCounts & { folds: boolean }) {
      if (next.element !== flow.element) flow.arrange(undefined)
      flow = next
      for (const { subject, author } of all) authors.set(subject, author)
      const before = items.peek()
      const isSame =
        before.length === next.items.length &&
        next.items.every(
          ({ subject, comments }, at) =>
            before[at]?.subject === subject && before[at].comments.length === comments.length,
        )
      batch(() => {
        if (!isSame) items.value = next.items.map(bare)
        if (events.peek() !== next.events.length) events.value = next.events.length
        const { count, hasMore } = comments.peek()
        if (count !== all.length || hasMore !== next.hasMore)
          comments.value = { count: all.length, hasMore: next.hasMore }
        const { folded, agreed, folds: isOn } = noise.peek()
        if (folded !== folds.folded || agreed !== folds.agreed || isOn !== folds.folds)
          noise.value = folds
        // Also the very same order: the forge may have added or replaced nodes.
        const place = shown.peek()
        if (place) apply(adjusted(place, next))
      })
    },
    /** Shows events where one of them is what the reader came for. */
    openEvents,
    /** The order of time again, nothing left behind. */
    end() {
      light.end()
      flow.arrange(undefined)
      markEvents(false)
      undo()
      undoLine()
      host.remove()
      lineHost.remove()
    },
  }
}

const bare = ({ subject, comments }: Together): Together => ({
  subject,
  comments: comments.map((each) => ({ subject: each.subject })),
})

/** The order in place with items that left taken out, and new ones behind the others. */
function adjusted(shown: readonly SubjectId[], { items }: TalkFlow): readonly SubjectId[] {
  const present = items.map(({ subject }) => subject)
  const still = new Set(present)
  const placed = new Set(shown)
  return [...shown.filter((id) => still.has(id)), ...present.filter((id) => !placed.has(id))]
}
