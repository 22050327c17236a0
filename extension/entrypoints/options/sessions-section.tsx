import { useEffect, useId, useState } from 'preact/hooks'
import { type Answer, ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { timeText } from '../../parts/time-text.ts'
import { learnStatus } from '../../state/status.ts'

type Sessions = Answer<'readSessions'>

/** Where the reader is signed in at the server. */
export function SessionsSection({ status: { person } }: { status: Status }) {
  const id = useId()
  const [sessions, setSessions] = useState<Sessions>([])
  const { said, isBusy, act, say } = useSaid()
  useEffect(() => {
    if (person === undefined) return
    say(undefined)
    ask('readSessions').then(setSessions, (error: unknown) =>
      say({ tone: 'bad', text: error instanceof Error ? error.message : String(error) }),
    )
  }, [person])
  if (person === undefined) return null
  const end = (session: number) =>
    act(async () => {
      setSessions(await ask('endSession', { id: session }))
      return 'Ended. Whoever used it is signed out.'
    })
  return (
    <PageSection id={id} title="Where you are signed in">
      {sessions.length > 0 && <SessionsTable sessions={sessions} isBusy={isBusy} end={end} />}
      <div class="row">
        <button type="button" disabled={isBusy} onClick={() => void act(signOutEverywhere)}>
          Sign out everywhere
        </button>
      </div>
      <StatusLine said={said} />
    </PageSection>
  )
}

function SessionsTable(props: {
  sessions: Sessions
  isBusy: boolean
  end(id: number): Promise<void>
}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of sessions">
      <table>
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">Until</th>
            <th scope="col">End it</th>
          </tr>
        </thead>
        <tbody>
          {props.sessions.map(({ id, createdAt, expiresAt, current }) => (
            <tr key={id}>
              <td class="tight">{timeText(createdAt)}</td>
              <td class="tight">{timeText(expiresAt)}</td>
              <td>
                {current ? (
                  'This browser'
                ) : (
                  <button
                    type="button"
                    disabled={props.isBusy}
                    aria-label={`End the session since ${timeText(createdAt)}`}
                    onClick={() => void props.end(id)}
                  >
                    End
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

async function signOutEverywhere(): Promise<string> {
  learnStatus(await ask('signOutEverywhere'))
  return 'Signed out everywhere.'
}
