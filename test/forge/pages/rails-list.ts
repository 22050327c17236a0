import type { ListView } from '../react/views.ts'
import type { Repository, Subject } from '../world/world.ts'
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { railsRow } from './rails-row.ts'

/** A list of pull requests, or a milestone, as Rails draws it: no React and no embedded data. */
export function railsList(repository: Repository, view: ListView): Html {
  const rows = view.rows.flatMap(({ number }): Subject[] => {
    const subject = repository.subjects.get(number)
    return subject ? [subject] : []
  })
  return html` <div
    class="clearfix new-discussion-timeline js-check-all-container container-xl px-3 px-md-4 px-lg-5 mt-4"
    data-pjax=""
    data-turbo-frame=""
  >
    <h1 class="sr-only">${view.heading}: ${repository.name}</h1>
    <form
      class="subnav-search width-full d-flex"
      data-pjax="#repo-content-pjax-container"
      data-turbo-frame="repo-content-turbo-frame"
      role="search"
      aria-label="Issues"
      action="${view.path}"
      method="get"
    >
      <input
        type="text"
        name="q"
        id="js-issues-search"
        value="${view.query}"
        class="form-control form-control subnav-search-input input-contrast width-full"
        aria-label="Search all issues"
        autocomplete="off"
      />
    </form>
    <div class="Box mt-3 Box--responsive hx_Box--firstRowRounded0">
      <div
        class="Box-header d-flex flex-justify-between"
        id="js-issues-toolbar"
        data-pjax="#repo-content-pjax-container"
        data-turbo-frame="repo-content-turbo-frame"
      >
        <div class="table-list-filters flex-auto d-flex min-width-0">
          <div class="flex-auto d-none d-lg-block no-wrap">
            <div class="table-list-header-toggle states flex-auto pl-0" aria-live="polite">
              ${stateLink(view, 'open', view.open)}${stateLink(view, 'closed', view.closed)}
            </div>
          </div>
          <div
            class="table-list-header-toggle no-wrap d-flex flex-auto flex-justify-between flex-lg-justify-end"
          >
            ${sortMenu(view)}
          </div>
        </div>
      </div>
      <div aria-label="Issues" role="group" data-issue-and-pr-hovercards-enabled>
        <div class="js-navigation-container js-active-navigation-container" data-hpc>
          ${rows.map(railsRow)}
        </div>
      </div>
    </div>
    ${pages(view)}
  </div>`
}

function href(view: ListView, query: string, page = 1): string {
  const parameters = new URLSearchParams({ q: query })
  if (page > 1) parameters.set('page', String(page))
  if (view.keep) parameters.set('forge-form', view.keep)
  return `${view.path}?${parameters}`
}

function stateLink(view: ListView, state: 'open' | 'closed', count: number): Html {
  const rest = view.query.replaceAll(/\b(?:is|state):(?:open|closed)\b/g, '').trim()
  const selected = view.query.includes('closed') === (state === 'closed')
  const glyph = state === 'open' ? 'git-pull-request' : 'check'
  return html`<a
    href="${href(view, `${rest} is:${state}`)}"
    class="btn-link${selected && ' selected'}"
    >${icon(glyph)} ${count.toLocaleString('en-US')} ${state === 'open' ? 'Open' : 'Closed'}</a
  > `
}

function sortMenu(view: ListView): Html {
  const rest = view.query.replace(/sort:\S+/, '').trim()
  const sorts = ['created-desc', 'created-asc', 'comments-desc', 'reactions-+1-desc']
  return html`<details
    class="details-reset details-overlay d-inline-block position-relative px-3"
    id="sort-select-menu"
  >
    <summary class="btn-link" title="Sort" aria-haspopup="true">
      Sort <span class="dropdown-caret hide-sm"></span>
    </summary>
    <details-menu class="SelectMenu" role="menu"
      >${sorts.map((sort) => html`<a class="SelectMenu-item" role="menuitemradio" href="${href(view, `${rest} sort:${sort}`)}">${sort}</a>`)}</details-menu
    >
  </details>`
}

function pages(view: ListView): Html | false {
  const { page, pages: last } = view
  if (last < 2) return false
  const numbers = Array.from({ length: last }, (_, index) => index + 1)
  return html`<div class="paginate-container d-none d-sm-flex flex-sm-justify-center">
    <div role="navigation" aria-label="Pagination" class="d-inline-block">
      <div class="pagination" data-turbo-frame="repo-content-turbo-frame">
        ${page > 1 && html`<a class="previous_page" rel="prev" href="${href(view, view.query, page - 1)}">Previous</a>`}
        ${numbers.map((number) => (number === page ? html`<em class="current" aria-current="page">${number}</em> ` : html`<a href="${href(view, view.query, number)}" aria-label="Page ${number}">${number}</a> `))}
        ${page < last && html`<a class="next_page" rel="next" href="${href(view, view.query, page + 1)}">Next</a>`}
      </div>
    </div>
  </div>`
}
