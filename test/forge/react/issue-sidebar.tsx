/** @jsxRuntime automatic */
/** @jsxImportSource react */
import type { ReactNode } from 'react'
import { css } from './css.ts'
import { LabelToken } from './bits.tsx'
import type { IssueView } from './views.ts'

/** Assignees, labels and milestone beside an issue. */
export function IssueSidebar({ view }: { view: IssueView }) {
  const labels = view.labels.map((label) => (
    <LabelToken
      key={label.name}
      label={label}
      href={`/${view.owner}/${view.repo}/labels/${encodeURIComponent(label.name)}`}
    />
  ))
  return (
    <div
      data-testid="issue-viewer-metadata-container"
      className={css('IssueViewer-module__sidebar')}
    >
      <div data-testid="issue-viewer-metadata-pane">
        <Section name="Assignees">{view.assignees.join(', ') || 'No one assigned'}</Section>
        <Section name="Labels">{labels.length ? labels : 'No labels'}</Section>
        <Section name="Milestone">{view.milestone ?? 'No milestone'}</Section>
      </div>
    </div>
  )
}

function Section({ name, children }: { name: string; children: ReactNode }) {
  const testid = name === 'Milestone' ? 'milestones' : name.toLowerCase()
  return (
    <div data-testid="sidebar-section" className={css('Section-module__container')}>
      <h3>{name}</h3>
      <div data-testid={`sidebar-${testid}-section`}>{children}</div>
    </div>
  )
}
