/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { memo, useId, useState } from 'react'
import { colourOf, hrefOf, RelativeTime, TitleText } from './bits.tsx'
import { css } from './css.ts'
import type { RowProps } from './issue-row.tsx'
import { Octicon } from './octicon.tsx'
import { Avatar } from './row-metadata.tsx'
import { StateIcon } from './state-icon.tsx'
import type { RowView } from './views.ts'

/** A row of the React pull request list: a bare `li` with absolute links (2026-10). */
export const PullsRow = memo(function PullsRow(props: RowProps) {
  const { row, listId, dashboard } = props
  const id = useId()
  const [hovered, setHovered] = useState(false)
  const href = `https://github.com${hrefOf(row)}`
  return (
    <li
      id={`${listId}-list-view-node-${id}`}
      className={css(
        'ListItem-module__listItem',
        'PullsListItem-module__listItem',
        hovered && 'ListItem-module__hover',
        props.paint % 2 === 1 && 'ListItem-module__repainted',
      )}
      tabIndex={-1}
      onClick={(event) => props.onOpen(event, hrefOf(row))}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <div className={css('Title-module__container')} data-listview-item-title-container="true">
        <h3 className={css('Title-module__heading')}>
          <a className={css('Title-module__anchor')} href={href} data-testid="listitem-title-link">
            <TitleText text={row.title} />
          </a>
        </h3>
        <span className={css('Title-module__trailingBadgesContainer')}>
          {row.labels.map((label) => (
            <button
              key={label.name}
              type="button"
              className={css('prc-Token-IssueLabel', 'IssueLabelToken')}
              style={colourOf(label.color)}
              aria-label={`Filter by label ${label.name}`}
            >
              {label.name}
            </button>
          ))}
        </span>
      </div>
      <div className={css('LeadingContent-module__container')}>
        <div className={css('LeadingVisual-module__outer')}>
          <StateIcon row={row} />
        </div>
      </div>
      <div className={css('MainContent-module__container')}>
        <div className={css('Description-module__container', 'PullsListItem-module__description')}>
          {dashboard && (
            <button type="button" className="link-button" data-testid="repo-filter-link">
              {row.owner}/{row.repo}
            </button>
          )}
          <span>#{row.number}</span>
          <span aria-hidden="true"> · </span>
          <AuthorFilter row={row} dashboard={dashboard} />
          <span data-testid="timestamp-container">
            {' '}
            opened <RelativeTime text={row.at} datetime={row.createdAt} />
          </span>
          <button type="button" className="link-button" data-testid="checks-status-badge-button">
            <Octicon name="check" label="Checks passed" />
          </button>
        </div>
      </div>
      <PullsMetadata row={row} />
    </li>
  )
})

/** A link on a repository's list, a button on dashboards; no hovercard on either. */
function AuthorFilter({ row, dashboard }: { row: RowView; dashboard: boolean }) {
  const label = `Filter by author ${row.author} (${row.author})`
  if (dashboard) {
    return (
      <button
        type="button"
        className="link-button"
        data-testid="author-filter-link"
        aria-label={label}
      >
        {row.author}
      </button>
    )
  }
  const href = `/${row.owner}/${row.repo}/pulls?q=is%3Apr+is%3Aopen+author%3A${encodeURIComponent(row.author)}`
  return (
    <a data-testid="author-filter-link" aria-label={label} href={href}>
      {row.author}
    </a>
  )
}

function PullsMetadata({ row }: { row: RowView }) {
  const { secondary } = row
  return (
    <div className={css('MetadataContainer-module__container')}>
      {!secondary && <span className={css('LoadingSkeleton-module__skeleton')} />}
      {secondary && (
        <span className={css('ReviewDecision-module__reviewDecisionContent')}>
          <span data-testid="review-decision-icon">
            <Octicon name="check" label="Review required" />
          </span>
        </span>
      )}
      {secondary?.assignees.map((login) => (
        <Avatar key={login} login={login} />
      ))}
      {secondary && secondary.comments > 0 && (
        <span className={css('Metadata-module__container')}>
          <Octicon name="comment" label="Comments" />
          {secondary.comments}
        </span>
      )}
    </div>
  )
}
