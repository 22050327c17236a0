/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Octicon } from './octicon.tsx'
import { lookOf } from './state-icon.tsx'
import type { RowView } from './views.ts'

/** The pill that says open, closed or merged. */
export function StateLabel({ row }: { row: RowView }) {
  const { icon, word } = lookOf(row)
  const status = row.kind + (row.state === 'completed' ? 'Closed' : capital(row.state))
  return (
    <span data-component="StateLabel" data-status={status} className="prc-StateLabel-StateLabel">
      <Octicon name={icon} />
      {word}
    </span>
  )
}

/** `issueNotPlanned`, `pullOpened`, `pullMerged`. */
function capital(state: string): string {
  if (state === 'open') return 'Opened'
  return state
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}
