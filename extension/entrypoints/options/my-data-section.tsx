import { useId, useState } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { learnStatus } from '../../state/status.ts'
import { dayOf, saveFile } from './save-file.ts'

/** What the server holds about the reader: to take along, and to end. */
export function MyDataSection({ status: { person, server } }: { status: Status }) {
  const { said, isBusy, act } = useSaid()
  const [isAsked, setAsked] = useState(false)
  const id = useId()
  // What came of it is still to be read when nobody is signed in any more.
  if (person === undefined && !said) return null
  const forget = async () => {
    setAsked(false)
    learnStatus(await ask('forgetMe'))
    return 'The server has forgotten you. Your votes there are withdrawn.'
  }
  return (
    <PageSection id={id} title="Your data on the server">
      {person !== undefined && (
        <>
          <p class="muted">
            {server.address} holds your account’s number, login and picture, your sessions, and
            every vote that you cast.
          </p>
          <div class="row">
            <button type="button" disabled={isBusy} onClick={() => void act(exportMe)}>
              Export all of it
            </button>
            <button type="button" disabled={isBusy} onClick={() => setAsked(true)}>
              Delete all of it…
            </button>
          </div>
        </>
      )}
      {isAsked && person !== undefined && (
        <div class="warning stack" role="group" aria-label="Delete all of it">
          <p>
            All your votes on the server are withdrawn, and leave this browser too, with those that
            wait. All your sessions end. The log keeps that somebody voted, but not who. Signing in
            again later makes you somebody new. This cannot be undone.
          </p>
          <div class="row">
            <button type="button" class="danger" disabled={isBusy} onClick={() => void act(forget)}>
              Yes, delete all of it
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              Keep it
            </button>
          </div>
        </div>
      )}
      <StatusLine said={said} />
    </PageSection>
  )
}

async function exportMe(): Promise<string> {
  const all = await ask('exportMe')
  saveFile(`forgemoot-${all.person.login}-${dayOf(all.exportedAt)}.json`, all)
  return 'Exported.'
}
