/**
 * The whole repository in place of a list. GitHub's list stays where it is, as it is: an attribute of it
 * has our sheet not show it, and is taken off when the reader goes back, or GitHub goes on.
 */
import { feedFeature } from '../features/feed.ts'
import type { FeedFilter, Forge } from '../forges/forge.ts'
import { voteFeature } from '../features/vote.ts'
import type { SubjectId } from '#shared/subject'
import { onTold } from '../messages.ts'
import { forgetScores, learnScores } from '../state/scores.ts'
import { newWidget } from './mount.ts'

/** Shows the feed for the list at this address, until `signal` or the reader ends it. */
export function startFeedVisit(
  forge: Forge,
  filterOf: (query: string) => FeedFilter,
  signal: AbortSignal,
): void {
  const address = location.href
  const page = forge.pageOf(new URL(address))
  if (page?.kind !== 'list' || page.view.repository === undefined || signal.aborted) return
  const ending = new AbortController()
  const both = AbortSignal.any([signal, ending.signal])
  const { repository, query } = page.view
  const root = newWidget('feed', { repository })
  const host = root.host as HTMLElement // newWidget makes HTML elements
  let list: HTMLElement | undefined

  /** Takes the place of the list, also of one that GitHub drew anew. */
  function place() {
    if (host.isConnected && list?.isConnected) return
    if (!page) return
    const found = forge.find(page, document).lists[0]?.element
    if (!found || !forge.isSettled(found)) return
    show(list)
    list = found
    list.setAttribute('data-forgemoot-replaced', '')
    list.after(host)
  }

  function end(back?: 'focus') {
    if (ending.signal.aborted) return
    ending.abort()
    if (back) sortButton()?.focus()
  }

  const observer = new MutationObserver(() => requestAnimationFrame(() => both.aborted || place()))
  observer.observe(document.body, { subtree: true, childList: true })
  const undo = feedFeature.draw(root, {
    repository,
    filter: filterOf(query),
    close: () => end('focus'),
    addVote,
  })
  const unlisten = [
    onTold('scoresChanged', learnScores),
    onTold('readerChanged', () => {
      forgetScores()
      end()
    }),
  ]
  forge.watchNavigation(() => {
    if (location.href !== address) end()
  }, both)
  forge.watchSnapshot(() => end(), both)
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) end('focus')
    },
    { signal: both },
  )
  both.addEventListener('abort', () => {
    observer.disconnect()
    for (const each of unlisten) each()
    undo()
    show(list)
    host.remove()
  })
  place()
}

function addVote(row: HTMLElement, subject: SubjectId): () => void {
  const root = newWidget(voteFeature.id, { subject, slot: 'row' })
  row.append(root.host)
  return voteFeature.draw(root, {
    kind: 'row',
    subject,
    host: row,
    within: row,
    createdAt: () => undefined,
  })
}

const show = (list: HTMLElement | undefined) => list?.removeAttribute('data-forgemoot-replaced')

const sortButton = () =>
  document.querySelector('forgemoot-sort')?.shadowRoot?.querySelector<HTMLElement>('button')
