/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useId, type MouseEvent } from 'react'
import { rowClicks } from '../client/hooks.ts'
import { css } from './css.ts'
import { IssueRow } from './issue-row.tsx'
import { ListHeader, SearchForm } from './list-toolbar.tsx'
import { Pagination } from './pagination.tsx'
import { Pinned } from './pinned.tsx'
import { PullsRow } from './pulls-row.tsx'
import { useListHooks } from './use-list-hooks.ts'
import type { ListView, RowView } from './views.ts'

interface ListPageProps {
  view: ListView
  go(href: string): void
}

/** A list of issues or pull requests. Rows are keyed by place, so that a row is reused for another item. */
export function ListPage({ view, go }: ListPageProps) {
  const listId = useId()
  const { rows, paint, selected, select } = useListHooks(view, go)
  const onOpen = (event: MouseEvent<HTMLElement>, href: string) => {
    const target = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || target?.closest('a, button, input, summary')) return
    rowClicks.push(href)
    go(href)
  }
  const common = (row: RowView) => ({
    row,
    listId,
    paint,
    onOpen,
    onSelect: select,
    selected: selected.has(row.number),
    canSelect: view.viewer !== null,
    dashboard: view.dashboard,
  })
  const testid =
    view.dashboard && view.form === 'pulls' ? 'pulls-dashboard-surface-layout' : undefined
  return (
    <div className={css('IssueIndexPage-module__container')} data-testid={testid}>
      {view.form === 'pulls' && (
        <h1 className={css('prc-PageHeader-Title')}>
          <span data-testid="header-title">{view.heading}</span>
        </h1>
      )}
      {view.form === 'issues' && <h1 className="sr-only">{view.heading}</h1>}
      {view.pinned.length > 0 && <Pinned rows={view.pinned} />}
      <SearchForm view={view} go={go} />
      <section className={css('ListView-module__container')} aria-label="All issues">
        <ListHeader view={view} listId={listId} selected={selected.size} />
        <ul
          className={css('ListView-module__ul')}
          aria-labelledby={`${listId}-list-view-container-title`}
          tabIndex={-1}
          role="list"
          data-listview-component="items-list"
          data-density="default"
        >
          {rows.length === 0 && <Blank />}
          {rows.map((row, place) =>
            view.form === 'pulls' ? (
              <PullsRow key={place} {...common(row)} />
            ) : (
              <IssueRow key={place} {...common(row)} />
            ),
          )}
        </ul>
      </section>
      <Pagination view={view} />
    </div>
  )
}

/** An empty list says so inside the list element. */
function Blank() {
  return (
    <div className="blankslate">
      <h2 className="blankslate-heading">No results</h2>
      <p>Try adjusting your search filters.</p>
    </div>
  )
}
