import { useId } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { timeText } from '../../parts/time-text.ts'
import { WaitingVotes } from '../../parts/waiting-votes.tsx'
import { learnStatus } from '../../state/status.ts'

/** Votes that no server has yet. */
export function WaitingSection({ status: { outbox } }: { status: Status }) {
  const { said, isBusy, act } = useSaid()
  const { waiting, nextTryAt } = outbox
  return (
    <PageSection id={useId()} title="Waiting votes">
      {waiting.length === 0 ? (
        <p class="muted">No vote is waiting.</p>
      ) : (
        <>
          <WaitingVotes votes={waiting} />
          <div class="row">
            <button type="button" disabled={isBusy} onClick={() => void act(sendNow)}>
              Send now
            </button>
            {nextTryAt !== undefined && (
              <p class="muted">The next try is at {timeText(nextTryAt)}.</p>
            )}
          </div>
        </>
      )}
      <StatusLine said={said} />
    </PageSection>
  )
}

/** Sends what waits, and says what is left. */
export async function sendNow(): Promise<string> {
  const status = await ask('sendOutbox')
  learnStatus(status)
  const left = status.outbox.waiting
  if (left.length === 0) return 'All votes have arrived.'
  return `${left.length === 1 ? 'One vote waits' : `${left.length} votes wait`}: ${left[0]?.why}`
}
