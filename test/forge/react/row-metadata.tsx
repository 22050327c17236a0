/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { hrefOf } from './bits.tsx'
import { css } from './css.ts'
import { Octicon } from './octicon.tsx'
import type { RowView } from './views.ts'

/** The right side of an issue row: skeletons until the second query answers. */
export function RowMetadata({ row }: { row: RowView }) {
  const { secondary } = row
  const container = css('MetadataContainer-module__container', 'IssueItem-module__ListItem_0')
  if (!secondary) {
    return (
      <div className={container}>
        <div className={css('Metadata-module__container')}>
          <span className={css('LoadingSkeleton-module__skeleton')} />
        </div>
      </div>
    )
  }
  return (
    <div className={container}>
      {secondary.linked > 0 && (
        <div
          className={css('Metadata-module__container')}
          data-testid="list-row-linked-pull-requests"
        >
          <Octicon name="git-pull-request" />
          <span>{secondary.linked}</span>
          <span className="sr-only"> linked pull request</span>
        </div>
      )}
      {secondary.assignees.length > 0 && (
        <div className={css('Metadata-module__container')} data-testid="list-row-assignees">
          {secondary.assignees.map((login) => (
            <Avatar key={login} login={login} />
          ))}
        </div>
      )}
      <div className={css('Metadata-module__container')} data-testid="list-row-comments">
        {secondary.comments > 0 && (
          <a href={hrefOf(row)} className={css('IssueItem-module__commentsLink')}>
            <Octicon name="comment" />
            <span>{secondary.comments}</span>
            <span className="sr-only"> comments</span>
          </a>
        )}
      </div>
    </div>
  )
}

/** A round picture; drawn, since a page may load nothing from elsewhere. */
export function Avatar({ login, size = 20 }: { login: string; size?: number }) {
  return (
    <img
      data-testid="github-avatar"
      data-component="Avatar"
      className="prc-Avatar-Avatar avatar"
      src={`/_forge/avatar/${encodeURIComponent(login)}.svg`}
      alt={`@${login}`}
      width={size}
      height={size}
    />
  )
}
