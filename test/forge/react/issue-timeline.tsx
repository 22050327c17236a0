/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useEffect, useState } from 'react'
import { RelativeTime } from './bits.tsx'
import { CommentBody, Reactions } from './comment-body.tsx'
import { css } from './css.ts'
import { Avatar } from './row-metadata.tsx'
import type { CommentView, IssueView } from './views.ts'

const shownAtEachEnd = 15

/** Comments: skeletons from the server, drawn after hydration, the middle behind a button. */
export function IssueTimeline({ view }: { view: IssueView }) {
  const [drawn, setDrawn] = useState(false)
  const [all, setAll] = useState(view.comments.length <= shownAtEachEnd * 2)
  useEffect(() => setDrawn(true), [])
  const hidden = all ? 0 : view.comments.length - shownAtEachEnd * 2
  const first = all ? view.comments : view.comments.slice(0, shownAtEachEnd)
  const last = all ? [] : view.comments.slice(-shownAtEachEnd)
  return (
    <div data-testid="issue-timeline-container" className={css('IssueTimeline-module__container')}>
      <div data-testid="issue-viewer-comments-container" className="react-comments-container">
        {!drawn && view.comments.slice(0, 5).map(({ id }) => <Skeleton key={id} />)}
        {drawn && first.map((comment) => <Comment key={comment.id} comment={comment} />)}
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
        {drawn && last.map((comment) => <Comment key={comment.id} comment={comment} />)}
      </div>
    </div>
  )
}

function Skeleton() {
  return <div data-testid="comment-skeleton" className={css('LoadingSkeleton-module__skeleton')} />
}

function Comment({ comment }: { comment: CommentView }) {
  const { id, nodeId, author } = comment
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
            </div>
            <CommentBody text={comment.body} />
            <Reactions reactions={comment.reactions} />
          </div>
        </div>
      </div>
    </div>
  )
}
