/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Octicon } from './octicon.tsx'
import type { RowView } from './views.ts'

export interface StateLook {
  icon: string
  color: string
  /** What a screen reader hears in a list. */
  status: string
  /** The word on the label of the subject's own page. */
  word: string
}

/** How a state is drawn and said. */
export function lookOf({ kind, state }: Pick<RowView, 'kind' | 'state'>): StateLook {
  if (kind === 'pull') return pullLooks[state] ?? pullLooks.open!
  return issueLooks[state] ?? issueLooks.open!
}

const issueLooks: Record<string, StateLook> = {
  open: { icon: 'issue-opened', color: 'open', status: 'Status: Open.', word: 'Open' },
  completed: {
    icon: 'issue-closed',
    color: 'done',
    status: 'Status: Closed (completed).',
    word: 'Closed',
  },
  not_planned: {
    icon: 'skip',
    color: 'muted',
    status: 'Status: Not planned (skipped).',
    word: 'Closed as not planned',
  },
}

const pullLooks: Record<string, StateLook> = {
  open: {
    icon: 'git-pull-request',
    color: 'open',
    status: 'Status: Open (in progress).',
    word: 'Open',
  },
  draft: {
    icon: 'git-pull-request-draft',
    color: 'muted',
    status: 'Status: Draft (not ready).',
    word: 'Draft',
  },
  merged: {
    icon: 'git-merge',
    color: 'done',
    status: 'Status: Merged (completed).',
    word: 'Merged',
  },
  closed: {
    icon: 'git-pull-request-closed',
    color: 'closed',
    status: 'Status: Closed (without merging).',
    word: 'Closed',
  },
}

/** The icon of a row with its sentence for screen readers. */
export function StateIcon({ row }: { row: RowView }) {
  const { icon, color, status } = lookOf(row)
  return (
    <>
      <span className="d-flex" style={{ color: `var(--fgColor-${color})` }}>
        <Octicon name={icon} />
      </span>
      <span className="sr-only">{status}</span>
    </>
  )
}
