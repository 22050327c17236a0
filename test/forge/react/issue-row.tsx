/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { memo, useId, useState, type MouseEvent } from 'react'
import { hrefOf, LabelToken, RelativeTime, TitleText } from './bits.tsx'
import { css } from './css.ts'
import { RowMetadata } from './row-metadata.tsx'
import { StateIcon } from './state-icon.tsx'
import type { RowView } from './views.ts'

export interface RowProps {
  row: RowView
  listId: string
  /** Changes when the page repaints: React then writes the class names again. */
  paint: number
  selected: boolean
  canSelect: boolean
  /** Rows of several repositories name theirs. */
  dashboard: boolean
  onSelect(row: RowView): void
  onOpen(event: MouseEvent<HTMLElement>, href: string): void
}

const sizes = ['default', 'narrow', 'regular', 'wide']
const leadingStyle = Object.fromEntries(
  sizes.flatMap((size) => [
    [`--leadingVisual-size-${size}`, '16px'],
    [`--leadingVisual-marginTop-${size}`, '14px'],
  ]),
)

/** A row of the issue list: two wrappers, then the `li` (react-list-evidence, 2026-08). */
export const IssueRow = memo(function IssueRow(props: RowProps) {
  const { row, listId, paint, selected } = props
  const id = useId()
  const [hovered, setHovered] = useState(false)
  const href = hrefOf(row)
  const list = `/${row.owner}/${row.repo}/issues?q=`
  const kind = row.kind === 'pull' ? 'is%3Apr' : 'is%3Aissue'
  return (
    <div className={css('ListItems-module__listItem')}>
      <div className={css('IssueRow-module__row', hovered && 'IssueRow-module__hover')}>
        <li
          id={`${listId}-list-view-node-${id}`}
          className={css(
            'ListItem-module__listItem',
            hovered && 'ListItem-module__hover',
            selected && 'ListItem-module__selected',
            paint % 2 === 1 && 'ListItem-module__repainted',
          )}
          tabIndex={-1}
          aria-label={`${selected ? 'Selected. ' : ''}More information available below.`}
          role="listitem"
          onClick={(event) => props.onOpen(event, href)}
          onMouseEnter={() => setHovered(true)}
          onMouseLeave={() => setHovered(false)}
        >
          <div className={css('Title-module__container')} data-listview-item-title-container="true">
            <h3
              className={css(
                'Title-module__heading',
                'IssuePullRequestTitle-module__ListItemTitle_0',
              )}
            >
              <a
                className={css(
                  'Title-module__anchor',
                  'Title-module__inline',
                  'IssuePullRequestTitle-module__ListItemTitle_1',
                )}
                href={href}
                data-testid="issue-pr-title-link"
                data-hovercard-type={row.kind === 'pull' ? 'pull_request' : 'issue'}
                data-hovercard-url={`${href}/hovercard`}
              >
                <span>
                  <span className="prc-Text-Text-9mHv3" data-component="Text">
                    <TitleText text={row.title} />
                  </span>
                </span>
              </a>
            </h3>
            <span className={css('Title-module__trailingBadgesSpacer')} />
            <span className={css('Title-module__trailingBadgesContainer')}>
              {row.labels.map((label) => (
                <LabelToken
                  key={label.name}
                  label={label}
                  href={`${list}${kind}%20state%3Aopen%20label%3A${encodeURIComponent(JSON.stringify(label.name))}`}
                />
              ))}
            </span>
          </div>
          <div
            className={css('LeadingContent-module__container', 'IssueItem-module__leadingContent')}
          >
            {props.canSelect && (
              <input
                type="checkbox"
                className={css('Selection-module__checkbox')}
                aria-label={`Select: ${row.title}`}
                checked={selected}
                onChange={() => props.onSelect(row)}
              />
            )}
            <div
              className={css('LeadingVisual-module__outer')}
              style={leadingStyle}
              data-testid="list-row-state-icon"
            >
              <div>
                <div className={css('LeadingVisual-module__inner')}>
                  <StateIcon row={row} />
                </div>
              </div>
            </div>
          </div>
          <div className={css('MainContent-module__container')}>
            <div className={css('MainContent-module__inner')}>
              <div className={css('Description-module__container')}>
                <div
                  data-testid="list-row-repo-name-and-number"
                  className={css(
                    'DescriptionItem-module__default',
                    'IssuePullRequestDescription-module__descriptionItem',
                  )}
                >
                  <span className={css('IssueItem-module__defaultNumberDescription')}>
                    {props.dashboard && <span>{`${row.owner}/${row.repo} `}</span>}
                    <span>#{row.number}</span>{' '}
                    <span className="sr-only">{`In ${row.owner}/${row.repo};`}</span>
                  </span>
                  <div
                    data-testid="created-at"
                    className={css('IssueItem-module__timestampContainer')}
                  >
                    <span>· </span>
                    <span />
                    <a
                      className={css('IssueItem-module__authorCreatedLink', 'prc-Link-Link-9ZwDx')}
                      data-component="Link"
                      href={`${list}${kind}%20state%3Aopen%20author%3A${encodeURIComponent(row.author)}`}
                      data-hovercard-url={`/users/${row.author}/hovercard`}
                      data-hovercard-type="user"
                      aria-keyshortcuts="Alt+ArrowUp"
                    >
                      {row.author}
                    </a>{' '}
                    <span> opened </span>
                    <RelativeTime text={row.at} />
                  </div>
                </div>
                {row.milestone && (
                  <div className={css('DescriptionItem-module__default')}>
                    <span>· </span>
                    <span className={css('IssueItem-module__milestone')}>{row.milestone}</span>
                  </div>
                )}
              </div>
            </div>
          </div>
          <RowMetadata row={row} />
        </li>
      </div>
    </div>
  )
})
