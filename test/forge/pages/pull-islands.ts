import type { PullIslands } from '../react/views.ts'
import type {
  Comment,
  LineComment,
  Reactions,
  Review,
  Subject,
  TimelineEvent,
} from '../world/world.ts'
import { dayOf } from './day.ts'
import { html, raw, titleHtml, type Html } from './html.ts'
import { reactionViewsOf } from './row-view.ts'

/** The parts of a pull request page that Rails still draws inside the React shell (2026-09). */
export function islandsOf(subject: Subject, hasOldMergeBox: boolean): PullIslands {
  return {
    ...(hasOldMergeBox && { merging: mergeBoxOf(subject).html }),
    body: bodyOf(subject).html,
    timeline: timelineOf(subject).html,
    files: filesOf(subject).html,
  }
}

/** The box that merges, as signed-out visitors and GitHub Enterprise Server still get it (2026-08). */
function mergeBoxOf({ state }: Subject): Html {
  const words = state === 'open' ? 'This branch has no conflicts' : 'Closed'
  return html`<div class="discussion-timeline-actions">
    <div id="partial-pull-merging" class="merge-pr js-merge-pr is-merging">
      <div class="branch-action-item"><h3 class="h4 status-heading">${words}</h3></div>
    </div>
  </div>`
}

function bodyOf(subject: Subject): Html {
  const { nodeId, id } = subject
  return html`<div
    class="TimelineItem pt-0 js-comment-container js-socket-channel js-updatable-content js-command-palette-pull-body"
    data-gid="${nodeId}"
    data-url="/${subject.repo}/pull/${subject.number}/partials/body?end_commit_oid=${subject.headSha}"
  >
    ${group(`issue-${id}`, `pullrequest-${id + 3}`, subject)}
  </div>`
}

/** How many items of a long timeline stand at each end of its "Load more". */
const shownAtEachEnd = 12

function timelineOf(subject: Subject): Html {
  const items = itemsOf(subject)
  const isLong = items.length > shownAtEachEnd * 2
  const shown = isLong
    ? [
        ...items.slice(0, shownAtEachEnd),
        pagination(subject, items.length - shownAtEachEnd * 2),
        ...items.slice(-shownAtEachEnd),
      ]
    : items
  return html`<div class="js-timeline-progressive-loader-anchor"></div>
    ${shown}
    <div id="issue-comment-box" class="js-comment-box">
      <textarea id="new_comment_field" aria-label="Add a comment" class="form-control"></textarea>
    </div>`
}

/** What stood behind "Load more". */
export function middleOf(subject: Subject): Html {
  return html`${itemsOf(subject).slice(shownAtEachEnd, -shownAtEachEnd)}`
}

/** The threads of a review, which a long page asks for by themselves. */
export function threadsReply(subject: Subject, review: number): Html | undefined {
  const found = subject.reviews.find(({ id }) => id === review)
  return found && threadsOf(found)
}

function pagination(subject: Subject, count: number): Html {
  return html`<div class="ajax-pagination-form js-ajax-pagination">
    <button
      type="button"
      class="ajax-pagination-btn"
      data-url="/${subject.repo}/pull/${subject.number}/partials/middle"
    >
      ${count} hidden items Load more…
    </button>
  </div>`
}

function itemsOf(subject: Subject): Html[] {
  const isLong = subject.reviews.some(({ lines }) => lines.length > 2)
  const items = [
    ...subject.comments.map((comment) => ({ at: comment.createdAt, html: commentOf(comment) })),
    ...subject.reviews.map((review) => ({
      at: review.createdAt,
      html: reviewOf(review, isLong ? subject : undefined),
    })),
    ...(subject.events ?? []).map((event) => ({ at: event.createdAt, html: eventOf(event) })),
  ]
  return items.toSorted((a, b) => a.at.localeCompare(b.at)).map((item) => item.html)
}

function eventOf({ id, actor, text, createdAt }: TimelineEvent): Html {
  return html`<div class="js-timeline-item" data-gid="LE_kwDO${id.toString(36)}">
    <div class="TimelineItem TimelineItem--condensed" id="event-${id}">
      <a class="author" href="/${actor.login}" data-turbo="false">${actor.login}</a> ${text}
      <a href="#event-${id}"
        ><relative-time datetime="${createdAt}">${dayOf(createdAt)}</relative-time></a
      >
    </div>
  </div>`
}

function commentOf(comment: Comment): Html {
  const gid = `IC_kwDO${comment.id.toString(36)}`
  return html`<div
    class="js-timeline-item js-timeline-progressive-focus-container"
    data-gid="${gid}"
  >
    <div
      class="TimelineItem js-comment-container js-updatable-content"
      data-gid="${gid}"
      data-url="/partials/${gid}"
    >
      ${group(`issuecomment-${comment.id}`, '', comment)}
    </div>
  </div>`
}

/** One comment: header, body and reactions, with the permalink's id on the group. */
function group(
  id: string,
  inner: string,
  comment: Pick<Comment, 'author' | 'body' | 'createdAt' | 'reactions' | 'minimized' | 'html'>,
): Html {
  const { login } = comment.author
  const hidden = comment.minimized
  return html`<div class="TimelineItem-avatar">
      <a href="/${login}" data-turbo="false"
        ><img
          class="avatar avatar-user"
          src="/_forge/avatar/${login}.svg"
          width="40"
          height="40"
          alt="@${login}"
      /></a>
    </div>
    <div
      class="timeline-comment-group js-minimizable-comment-group js-targetable-element TimelineItem-body my-0"
      id="${id}"
    >
      ${
        hidden &&
        html`<div class="minimized-comment timeline-comment">
          <details class="js-minimized">
            <summary>This comment has been minimized.</summary>
          </details>
        </div>`
      }
      <div
        class="ml-n3 timeline-comment unminimized-comment ${hidden && 'd-none'} comment previewable-edit js-task-list-container js-comment timeline-comment--caret"
        ${inner && html`id="${inner}"`}
      >
        <div class="timeline-comment-header clearfix d-flex">
          <h3 class="timeline-comment-header-text f5 text-normal">
            <strong
              ><a
                class="author Link--primary text-bold"
                data-hovercard-type="user"
                data-hovercard-url="/users/${login}/hovercard"
                href="/${login}"
                data-turbo="false"
                >${login}</a
              ></strong
            >
            commented
            <a href="#${id}" class="Link--secondary js-timestamp"
              ><relative-time datetime="${comment.createdAt}" class="no-wrap"
                >${dayOf(comment.createdAt)}</relative-time
              ></a
            >
          </h3>
          <div class="timeline-comment-actions flex-shrink-0"></div>
        </div>
        <div class="edit-comment-hide">
          <table class="d-block user-select-contain" role="presentation">
            <tbody class="d-block">
              <tr class="d-block">
                <td class="d-block comment-body markdown-body js-comment-body">
                  ${comment.html === undefined ? paragraphs(comment.body) : raw(comment.html)}
                </td>
              </tr>
            </tbody>
          </table>
          <div class="pl-3 pr-3 pb-3 js-minimize-comment-reactions">
            ${reactionsOf(comment.reactions)}
          </div>
        </div>
      </div>
    </div>`
}

function paragraphs(text: string): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p dir="auto">${titleHtml(paragraph)}</p>`)
}

const rubyNames: Record<string, string> = { '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN' }

function reactionButton(name: string, emoji: string, count: number): Html {
  return html`<button
    name="input[content]"
    type="button"
    class="social-reaction-summary-item js-reaction-group-button btn-link d-flex no-underline color-fg-muted flex-items-baseline mr-2"
    value="${rubyNames[name] ?? name.toUpperCase()} react"
    aria-pressed="false"
    aria-label="react with ${name}"
  >
    <g-emoji class="social-button-emoji">${emoji}</g-emoji
    ><span class="js-discussion-reaction-group-count">${count}</span>
  </button>`
}

function reactionsOf(reactions: Reactions): Html {
  const given = reactionViewsOf(reactions)
  return html`<reactions-menu
    class="comment-reactions ${given.length > 0 && 'has-reactions'} js-reactions-container social-reactions"
    ><div class="comment-reactions-options js-comment-reactions-options">
      ${given.map(({ name, emoji, count }) => reactionButton(name, emoji, count))}
    </div></reactions-menu
  >`
}

/** A review; one `of` a long conversation has its threads come later. */
function reviewOf(review: Review, of?: Subject): Html {
  const gid = `PRR_kwDO${review.id.toString(36)}`
  const verb = {
    APPROVED: 'approved these changes',
    CHANGES_REQUESTED: 'requested changes',
    COMMENTED: 'reviewed',
  }
  const threads = of
    ? html`<include-fragment
        src="/${of.repo}/pull/${of.number}/partials/review/${review.id}"
      ></include-fragment>`
    : threadsOf(review)
  return html`<div
    class="js-timeline-item js-timeline-progressive-focus-container"
    data-gid="${gid}"
  >
    <div
      id="pullrequestreview-${review.id}"
      class="js-comment js-updatable-content js-targetable-element"
      data-gid="${gid}"
    >
      <div class="TimelineItem">
        <div class="TimelineItem-body d-flex flex-column flex-md-row">
          <div class="flex-auto">
            <strong
              ><a class="author Link--primary" href="/${review.author.login}" data-turbo="false"
                >${review.author.login}</a
              ></strong
            >
            ${verb[review.verdict]}
            <a href="#pullrequestreview-${review.id}" class="js-timestamp"
              ><relative-time datetime="${review.createdAt}"
                >${dayOf(review.createdAt)}</relative-time
              ></a
            >
          </div>
        </div>
      </div>
      ${
        review.body &&
        html`<div class="TimelineItem">
          <div class="TimelineItem-body comment">
            <div class="comment-body markdown-body js-comment-body">${paragraphs(review.body)}</div>
          </div>
        </div>`
      }
      <div class="TimelineItem py-0 pl-4">
        <div class="TimelineItem-body my-0">${threads}</div>
      </div>
    </div>
  </div>`
}

function threadsOf({ lines }: Review): Html {
  const begun = lines.filter(({ replyTo }) => replyTo === undefined)
  return html`${begun.map((first) =>
    thread([first, ...lines.filter(({ replyTo }) => replyTo === first.id)]),
  )}`
}

function thread(lines: LineComment[]): Html {
  return html`<details
    open
    class="file js-comment-container js-resolvable-timeline-thread-container"
    data-resolved="false"
  >
    <summary>${lines[0]?.path}</summary>
    <div class="js-line-comments"><div class="js-comments-holder">${lines.map(lineOf)}</div></div>
  </details>`
}

function lineOf(line: LineComment): Html {
  return html`<div
    id="discussion_r${line.id}"
    class="timeline-comment-group js-minimizable-comment-group js-targetable-element my-0 comment previewable-edit js-comment review-comment unminimized-comment"
  >
    <h4 class="f5 text-normal">
      <a class="author Link--primary text-bold" href="/${line.author.login}" data-turbo="false"
        >${line.author.login}</a
      >
      <a href="#discussion_r${line.id}" class="js-timestamp"
        ><relative-time datetime="${line.createdAt}">${dayOf(line.createdAt)}</relative-time></a
      >
    </h4>
    <div class="comment-body markdown-body js-comment-body">${paragraphs(line.body)}</div>
    ${reactionsOf(line.reactions)}
  </div>`
}

function filesOf(subject: Subject): Html {
  const paths = ['src/bed.ts', 'guide/soil.md']
  return html`<div id="files" class="diff-view">
    <div class="js-diff-progressive-container">
      ${paths.map(
        (path) =>
          html`<div class="file js-file" data-path="${path}">
            <div class="file-header"><a href="#diff-${path}">${path}</a></div>
            <pre class="blob-code">+ ${subject.title}</pre>
          </div>`,
      )}
    </div>
  </div>`
}
