/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { hrefOf, TitleText } from './bits.tsx'
import { css } from './css.ts'
import { Octicon } from './octicon.tsx'
import type { RowView } from './views.ts'

/** The pinned issues above a repository's first page. */
export function Pinned({ rows }: { rows: RowView[] }) {
  return (
    <div className={css('PinnedIssues-module__container')}>
      <h2 className="sr-only">Pinned issues</h2>
      <ul className={css('PinnedIssues-module__area')}>
        {rows.map((row) => (
          <li key={row.number} className={css('PinnedIssue-module__container')}>
            <Octicon name="pin" />
            <a className={css('PinnedIssue-module__link')} href={hrefOf(row)}>
              <TitleText text={row.title} />
            </a>
            <span className={css('PinnedIssue-module__issueMetadata')}>
              #{row.number} {row.state === 'open' ? 'opened' : 'closed'} {row.at}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
