import { useId } from 'preact/hooks'
import type { SelfCheck, Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { timeText } from '../../parts/time-text.ts'

/** What was found on the last pages, and what was missed. */
export function SelfCheckSection({ status: { selfChecks, lastMiss } }: { status: Status }) {
  return (
    <PageSection id={useId()} title="Self-check">
      <p class="muted">
        When GitHub changes its pages, Forgemoot may not find its places on them and stays silent
        there. This is what it found last; none of it names a page.
      </p>
      {selfChecks.length === 0 ? (
        <p class="muted">No page was visited yet.</p>
      ) : (
        <Checks checks={selfChecks} />
      )}
      <p class={lastMiss ? 'bad' : 'muted'}>{missText(lastMiss)}</p>
    </PageSection>
  )
}

function Checks({ checks }: { checks: SelfCheck[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Last pages">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Page</th>
            <th scope="col">Rows named</th>
            <th scope="col">Widgets</th>
            <th scope="col">Found by</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={`${check.at} ${check.page}`}>
              <td class="tight">{timeText(check.at)}</td>
              <td class="tight">{check.page}</td>
              <td class="tight">
                {check.named} of {check.rows}
              </td>
              <td class="tight">{check.widgets}</td>
              <td>{strategiesText(check)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function strategiesText({ strategies, app }: SelfCheck): string {
  const found = Object.entries(strategies).map(([name, by]) => `${name}: ${by || 'not found'}`)
  return [...(app ? [`drawn by ${app}`] : []), ...found].join(', ') || 'nothing'
}

function missText(miss: SelfCheck | undefined): string {
  if (!miss) return 'Nothing was missed.'
  return `The last miss: ${timeText(miss.at)}, a page of the kind “${miss.page}”, where ${whatOf(miss)}.`
}

function whatOf({ rows, named, widgets }: SelfCheck): string {
  if (named === 0) return 'nothing was found'
  if (named < rows) return `${rows - named} of ${rows} rows named no subject`
  return `${named - widgets} of ${named} subjects got no votes`
}
