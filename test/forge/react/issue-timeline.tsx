/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useEffect, useState } from 'react'
import { RelativeTime } from './bits.tsx'
import { CommentBody, Reactions } from './comment-body.tsx'
import { css } from './css.ts'
import { Avatar } from './row-metadata.tsx'
import type { CommentView, EventView, IssueView } from './views.ts'

const shownAtEachEnd = 15

type Item = { at: string } & ({ comment: CommentView } | { event: EventView })

/** Comments, and what happened between them, in the order of time. */
function itemsOf({ comments, events }: IssueView): Item[] {
  return [
    ...comments.map((comment) => ({ at: comment.createdAt, comment })),
    ...events.map((event) => ({ at: event.createdAt, event })),
  ].toSorted((a, b) => a.at.localeCompare(b.at))
}

/** Where the n-th comment from the start stands. */
function placeOf(items: Item[], nth: number): number {
  let left = nth
  const place = items.findIndex((item) => 'comment' in item && left-- === 0)
  return place < 0 ? items.length : place
}

/** Comments: skeletons from the server, drawn after hydration, the middle behind a button. */
export function IssueTimeline({ view }: { view: IssueView }) {
  const [drawn, setDrawn] = useState(false)
  const [all, setAll] = useState(view.comments.length <= shownAtEachEnd * 2)
  useEffect(() => setDrawn(true), [])
  const hidden = all ? 0 : view.comments.length - shownAtEachEnd * 2
  const items = itemsOf(view)
  const from = placeOf(items, shownAtEachEnd)
  const to = placeOf(items, view.comments.length - shownAtEachEnd)
  const first = all ? items : items.slice(0, from)
  const last = all ? [] : items.slice(to)
  return (
    <div data-testid="issue-timeline-container" className={css('IssueTimeline-module__container')}>
      <div data-testid="issue-viewer-comments-container" className="react-comments-container">
        {!drawn && view.comments.slice(0, 5).map(({ id }) => <Skeleton key={id} />)}
        {drawn && first.map(drawItem)}
        {drawn && hidden > 0 && (
          <div data-wrapper-timeline-id="load-top" className={css('LoadMore-module__container')}>
            <button
              type="button"
              className="Button"
              data-testid="issue-timeline-load-more-load-top"
              onClick={() => setAll(true)}
            >
              {`${hidden} remaining items`}
            </button>
          </div>
        )}
        {drawn && last.map(drawItem)}
      </div>
    </div>
  )
}

function drawItem(item: Item) {
  return 'comment' in item ? (
    <Comment key={item.comment.id} comment={item.comment} />
  ) : (
    <Event key={item.event.id} event={item.event} />
  )
}

function Skeleton() {
  return <div data-testid="comment-skeleton" className={css('LoadingSkeleton-module__skeleton')} />
}

function Event({ event }: { event: EventView }) {
  return (
    <div data-wrapper-timeline-id={event.nodeId}>
      <div
        data-timeline-event-id={event.nodeId}
        id={`event-${event.id}`}
        className={css('TimelineRow-module__row')}
      >
        <a href={`/${event.actor}`}>{event.actor}</a> {event.text}{' '}
        <a href={`#event-${event.id}`}>
          <RelativeTime text={event.at} datetime={event.createdAt} />
        </a>
      </div>
    </div>
  )
}

function Comment({ comment }: { comment: CommentView }) {
  const { id, nodeId, author, minimized } = comment
  const [isShown, show] = useState(false)
  return (
    <div data-wrapper-timeline-id={nodeId}>
      <div data-timeline-event-id={nodeId} data-testid={`timeline-row-border-${nodeId}`}>
        <div className="react-issue-comment">
          <div
            data-testid={`comment-viewer-outer-box-${nodeId}`}
            className={css('IssueCommentViewer-module__outerBox')}
          >
            <div
              id={`issuecomment-${id}`}
              data-testid="comment-header"
              className={css('ActivityHeader-module__activityHeader')}
            >
              <a data-testid="avatar-link" href={`/${author}`}>
                <Avatar login={author} size={24} />
              </a>
              <a data-testid="comment-author" href={`/${author}`}>
                {author}
              </a>{' '}
              <a href={`#issuecomment-${id}`}>
                <RelativeTime text={comment.at} datetime={comment.createdAt} />
              </a>
              {minimized && (
                <button type="button" className="Button" onClick={() => show(!isShown)}>
                  This comment has been minimized.
                </button>
              )}
            </div>
            {(!minimized || isShown) && (
              <>
                <CommentBody text={comment.body} html={comment.html} />
                <Reactions reactions={comment.reactions} />
              </>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}
