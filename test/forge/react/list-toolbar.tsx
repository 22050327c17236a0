/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useState } from 'react'
import { css } from './css.ts'
import { Octicon } from './octicon.tsx'
import type { ListView } from './views.ts'

/** The link to the same list with another query. */
export function listHref(view: ListView, query: string, page = 1): string {
  const parameters = new URLSearchParams({ q: query })
  if (page > 1) parameters.set('page', String(page))
  if (view.keep) parameters.set('forge-form', view.keep)
  return `${view.path}?${parameters}`
}

function withState(query: string, state: 'open' | 'closed'): string {
  const rest = query
    .replaceAll(/\b(?:is|state):(?:open|closed)\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return `${rest} state:${state}`.trim()
}

/** The field in which a query is typed. */
export function SearchForm({ view, go }: { view: ListView; go(href: string): void }) {
  const [typed, setTyped] = useState(view.query)
  const [shown, setShown] = useState(view.query)
  if (shown !== view.query) {
    setShown(view.query)
    setTyped(view.query)
  }
  return (
    <div className={css('SearchBar-module__container')}>
      <form
        role="search"
        action={view.path}
        onSubmit={(event) => {
          event.preventDefault()
          go(listHref(view, typed))
        }}
      >
        <input
          id="repository-input"
          name="q"
          type="text"
          aria-label="Search Issues"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" aria-label="Search" className="Button">
          <Octicon name="search" />
        </button>
      </form>
      {view.repo && view.form === 'issues' && (
        <div className={css('SearchBar-module__links')}>
          <a className="Button" href={`/${view.repo}/labels`} data-turbo="false">
            Labels
          </a>
          <a className="Button" href={`/${view.repo}/milestone/2`}>
            Milestones
          </a>
        </div>
      )}
    </div>
  )
}

interface ListHeaderProps {
  view: ListView
  listId: string
  selected: number
}

/** The tabs and filters above the rows; bulk actions in their place when rows are selected. */
export function ListHeader({ view, listId, selected }: ListHeaderProps) {
  const closed = /\b(?:is|state):closed\b/.test(view.query)
  const tab = (state: 'open' | 'closed', word: string, count: number) => (
    <li>
      <a
        className={css('SectionFilterLink-module__link')}
        href={listHref(view, withState(view.query, state))}
        aria-current={closed === (state === 'closed') ? 'true' : undefined}
      >
        {word} <span className="Counter">{count.toLocaleString('en-US')}</span>
      </a>
    </li>
  )
  return (
    <div className={css('ListView-module__header')} data-testid="list-view-metadata">
      <h2 id={`${listId}-list-view-container-title`} className="sr-only">
        Search results
      </h2>
      {selected > 0 ? (
        <div aria-label="Bulk actions" role="toolbar">{`${selected} selected`}</div>
      ) : (
        <ul className={css('SectionFilters-module__list')}>
          {tab('open', 'Open', view.open)}
          {tab('closed', 'Closed', view.closed)}
        </ul>
      )}
      {view.dashboard && view.form === 'pulls' && (
        <span data-testid="results-count">{`${view.open} results`}</span>
      )}
      <div aria-label="Actions" role="toolbar" className={css('ListView-module__actions')}>
        <FilterMenu view={view} name="Author" qualifier="author" values={view.authors} />
        <FilterMenu view={view} name="Labels" qualifier="label" values={view.labelNames} />
        <FilterMenu
          view={view}
          name="Newest"
          qualifier="sort"
          values={['created-asc', 'comments-desc', 'updated-desc', 'reactions-+1-desc']}
        />
      </div>
    </div>
  )
}

interface FilterMenuProps {
  view: ListView
  name: string
  qualifier: string
  values: string[]
}

function FilterMenu({ view, name, qualifier, values }: FilterMenuProps) {
  const without = view.query.replace(new RegExp(`${qualifier}:("[^"]*"|\\S+)\\s*`), '').trim()
  if (values.length === 0) return null
  return (
    <details className={css('FilterMenu-module__details')}>
      <summary className="Button Button--invisible">
        {name} <Octicon name="triangle-down" />
      </summary>
      <ul>
        {values.map((value) => {
          const quoted = value.includes(' ') ? `"${value}"` : value
          return (
            <li key={value}>
              <a href={listHref(view, `${without} ${qualifier}:${quoted}`.trim())}>{value}</a>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
