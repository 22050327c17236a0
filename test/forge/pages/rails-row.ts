import type { Subject } from '../world/world.ts'
import { dayOf } from './day.ts'
import { html, titleHtml, type Html } from './html.ts'
import { icon } from './icon.ts'

/** A row as Rails draws it, on pull request lists and milestones (2024-12 to 2026-11). */
export function railsRow(subject: Subject): Html {
  const { number, kind, author, repo } = subject
  const href = `/${repo}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`
  const list = `/${repo}/${kind === 'pull' ? 'pulls?q=is%3Apr' : 'issues?q=is%3Aissue'}+is%3Aopen+`
  return html` <div
    id="issue_${number}"
    class="Box-row Box-row--focus-gray p-0 mt-0 js-navigation-item js-issue-row"
    data-id="${subject.id}"
    data-pjax="#repo-content-pjax-container"
    data-turbo-frame="repo-content-turbo-frame"
  >
    <div class="d-flex Box-row--drag-hide position-relative">
      <div class="flex-shrink-0 pt-2 pl-3">${stateIcon(subject)}</div>
      <div class="flex-auto min-width-0 p-2 pr-3 pr-md-2">
        <a
          id="issue_${number}_link"
          class="Link--primary v-align-middle no-underline h4 js-navigation-open markdown-title"
          data-hovercard-type="${kind === 'pull' ? 'pull_request' : 'issue'}"
          data-hovercard-url="${href}/hovercard"
          href="${href}"
          >${titleHtml(subject.title)}</a
        >
        <span class="lh-default d-block d-md-inline"
          >${subject.labels.map((label) => labelLink(label.name, label.color, list))}</span
        >
        <div class="d-flex mt-1 text-small color-fg-muted">
          <span class="opened-by">
            #${number} opened
            <relative-time datetime="${subject.createdAt}" class="no-wrap"
              >${dayOf(subject.createdAt)}</relative-time
            >
            by
            <a
              class="Link--muted"
              title="Open pull requests created by ${author.login}"
              data-hovercard-type="user"
              data-hovercard-url="/users/${author.login}/hovercard"
              href="${list}author%3A${author.login}"
              >${author.login}</a
            >
          </span>
          ${kind === 'pull' && review(subject, href)}
        </div>
      </div>
      <div class="flex-shrink-0 col-4 col-md-3 pt-2 text-right pr-3 no-wrap d-flex hide-sm">
        <span class="ml-2 flex-1 flex-shrink-0"></span>
        <span class="ml-2 flex-1 flex-shrink-0">${comments(subject, href)}</span>
      </div>
      <a
        class="d-block d-md-none position-absolute top-0 bottom-0 left-0 right-0"
        aria-label="Link to Issue. ${subject.title}"
        href="${href}"
      ></a>
    </div>
  </div>`
}

function stateIcon(subject: Subject): Html {
  const { kind, state, draft, merged } = subject
  const [label, name, classes] =
    kind === 'issue'
      ? state === 'open'
        ? ['Open issue', 'issue-opened', 'open color-fg-open']
        : ['Closed issue', 'issue-closed', 'closed color-fg-done']
      : merged
        ? ['Merged pull request', 'git-merge', 'merged color-fg-done']
        : state === 'closed'
          ? ['Closed pull request', 'git-pull-request-closed', 'closed color-fg-closed']
          : draft
            ? ['Draft Pull Request', 'git-pull-request-draft', 'color-fg-muted']
            : ['Open Pull Request', 'git-pull-request', 'open color-fg-open']
  return html`<span class="tooltipped tooltipped-e" aria-label="${label}"
    >${icon(name, classes)}</span
  >`
}

function labelLink(name: string, color: string, list: string): Html {
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(color.slice(at, at + 2), 16))
  const href = `${list}label%3A${encodeURIComponent(name.includes(' ') ? `"${name}"` : name)}`
  return html`<a
    href="${href}"
    data-name="${name}"
    style="--label-r:${r};--label-g:${g};--label-b:${b};"
    data-view-component="true"
    class="IssueLabel hx_IssueLabel"
  >
    ${name}
  </a>`
}

function review({ draft, reviews }: Subject, href: string): Html {
  const word = draft
    ? 'Draft'
    : reviews.some((r) => r.verdict === 'APPROVED')
      ? 'Approved'
      : 'Review required'
  return html`<span class="d-none d-md-inline-flex"
    ><span class="d-inline-block ml-1"
      >&bull; <a class="Link--muted" href="${href}#partial-pull-merging">${word}</a></span
    ></span
  >`
}

function comments(subject: Subject, href: string): Html | false {
  const count = subject.comments.length
  if (!count) return false
  return html`<a href="${href}" class="Link--muted" aria-label="${count} comment${count > 1 && 's'}"
    >${icon('comment', 'v-align-middle')} <span class="text-small text-bold">${count}</span></a
  >`
}
