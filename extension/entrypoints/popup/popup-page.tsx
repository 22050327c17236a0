import { ask, type Status } from '../../messages.ts'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { silence, status } from '../../state/status.ts'
import { AttentionSection } from './attention-section.tsx'
import { sendNow } from '../options/waiting-section.tsx'

/** How things stand, at a glance. */
export function PopupPage() {
  const now = status.value
  const { said, isBusy, act } = useSaid()
  return (
    <main class="stack">
      <h1>Forgemoot</h1>
      {silence.value !== undefined && (
        <p role="alert" class="bad">
          Forgemoot’s background does not answer: {silence.value}
        </p>
      )}
      {now && <Facts status={now} />}
      <AttentionSection />
      <div class="row">
        <button type="button" class="primary" onClick={() => void openOptions()}>
          {now && now.person === undefined && now.server.about ? 'Sign in' : 'Options'}
        </button>
        {now && now.outbox.waiting.length > 0 && (
          <button type="button" disabled={isBusy} onClick={() => void act(sendNow)}>
            Send now
          </button>
        )}
      </div>
      <StatusLine said={said} />
    </main>
  )
}

function Facts({ status: { server, person, outbox, forge } }: { status: Status }) {
  const waiting = outbox.waiting.length
  return (
    <dl class="facts">
      <dt>Server</dt>
      <dd class={server.problem === undefined ? '' : 'bad'}>
        {server.problem ?? (server.about ? server.address : 'none yet')}
      </dd>
      <dt>Signed in as</dt>
      <dd>{person ?? 'nobody'}</dd>
      <dt>Waiting votes</dt>
      <dd>{waiting === 0 ? 'none' : `${waiting}. ${outbox.waiting[0]?.why}`}</dd>
      <dt>GitHub</dt>
      <dd class={forge.problem === undefined ? '' : 'bad'}>{forge.problem ?? 'answers'}</dd>
    </dl>
  )
}

async function openOptions(): Promise<void> {
  await ask('openOptions')
  window.close()
}
