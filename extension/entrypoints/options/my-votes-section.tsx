import { useId, useRef } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { learnStatus } from '../../state/status.ts'
import { dayOf, saveFile } from './save-file.ts'

/** The reader's votes as a file, out and in. */
export function MyVotesSection({ status: { counts } }: { status: Status }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { said, isBusy, act } = useSaid()
  const take = async () => {
    const file = input.current?.files?.[0]
    if (!file) throw new Error('Choose a file first.')
    const text = await importFile(file)
    if (input.current) input.current.value = ''
    return text
  }
  return (
    <PageSection id={`${id}-title`} title="My votes">
      <p class="muted">
        {counts.votes === 1 ? 'One vote is' : `${counts.votes} votes are`} kept in this browser. A
        file takes them to another one; a newer vote there stays.
      </p>
      <div class="row">
        <button type="button" disabled={isBusy} onClick={() => void act(exportFile)}>
          Export my votes
        </button>
      </div>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void act(take)
        }}
      >
        <label for={id}>Import votes from a file</label>
        <div class="row">
          <input id={id} ref={input} type="file" accept=".json,application/json" />
          <button type="submit" disabled={isBusy}>
            Import
          </button>
        </div>
      </form>
      <StatusLine said={said} />
    </PageSection>
  )
}

async function exportFile(): Promise<string> {
  const file = await ask('exportVotes')
  saveFile(`forgemoot-votes-${dayOf(file.exportedAt)}.json`, file)
  return file.votes.length === 1 ? 'Exported one vote.' : `Exported ${file.votes.length} votes.`
}

async function importFile(file: File): Promise<string> {
  const { imported, skipped, status } = await ask('importVotes', { text: await file.text() })
  learnStatus(status)
  return `Imported ${imported}; skipped ${skipped} that this browser has already, or newer, or of another forge.`
}
